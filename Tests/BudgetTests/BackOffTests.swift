import Testing
import Vocabulary

@testable import Budget

@Suite struct `A camera that fails` {
    let now = Timestamp(milliseconds: 0)

    /// How long a camera is left alone that has failed for so long.
    private func pause(after lasted: Duration, _ disposition: Disposition) -> Duration? {
        var generator = SplitMix(state: 3)
        var backOff = BackOff()
        backOff.failed(disposition, at: now, using: &generator)
        if lasted > .zero { backOff.failed(disposition, at: now + lasted, using: &generator) }
        return backOff.resumesAt.map { $0 - (now + lasted) }
    }

    @Test func `is left alone for a sixth of the time that it has failed, within a fifth of jitter and bounds`() throws
    {
        for (lasted, seconds) in [(0, 2.0), (12, 2), (60, 10), (600, 100), (720, 120), (86_400, 120)] {
            let wait = try #require(pause(after: .seconds(lasted), .wait(atLeast: nil)))
            #expect(wait >= .seconds(seconds * 0.8) && wait <= .seconds(seconds * 1.2))
        }
    }

    @Test(arguments: [(Disposition.wait(atLeast: nil), 2.4), (.askUser, 6)])
    func `is seen to work again after no more than a quarter of the time that it did not, or at once`(
        disposition: Disposition, least: Double
    ) {
        for outage in [1, 5, 29, 44, 100, 300, 1000, 5000] {
            var generator = SplitMix(state: UInt64(outage))
            var backOff = BackOff()
            var (asked, count) = (now, 0)
            while asked < now + .seconds(outage) {
                backOff.failed(disposition, at: asked, using: &generator)
                asked = backOff.resumesAt ?? asked
                count += 1
            }
            #expect(asked - (now + .seconds(outage)) <= .seconds(max(least, Double(outage) / 4)))
            // A day of it costs no more than a hundred questions or so for each hour.
            #expect(count <= 20 + outage / 30, "\(count) in \(outage) s")
        }
    }

    @Test func `honours what a server asks for, within bounds`() {
        #expect(pause(after: .zero, .wait(atLeast: .seconds(600))) == .seconds(600))
        #expect(pause(after: .zero, .wait(atLeast: .seconds(9_999_999))) == BackOff.longestHonoured)
        #expect(pause(after: .zero, .wait(atLeast: .seconds(-5))).map { $0 <= .seconds(2.4) } == true)
    }

    @Test func `is asked again soon where only the owner can mend it, and seldom only when it is repeated`() throws {
        for (lasted, seconds) in [(0, 5.0), (30, 5), (60, 10), (900, 150), (5400, 900), (86_400, 900)] {
            let wait = try #require(pause(after: .seconds(lasted), .askUser))
            #expect(wait >= .seconds(seconds * 0.8) && wait <= .seconds(seconds * 1.2))
        }
    }

    @Test func `is asked again at once after a good answer to another question, unless it asked for the pause`() {
        var generator = SplitMix(state: 3)
        for (disposition, waits) in [
            (Disposition.askUser, false), (.wait(atLeast: nil), false), (.wait(atLeast: .seconds(60)), true),
        ] {
            var backOff = BackOff()
            for _ in 0..<5 { backOff.failed(disposition, at: now, using: &generator) }
            backOff.heardWell()
            #expect(backOff.isWaiting(at: now + .milliseconds(1)) == waits)
        }
    }

    @Test func `is not left alone for years where the clock was set back`() {
        var generator = SplitMix(state: 3)
        var backOff = BackOff()
        backOff.failed(.wait(atLeast: nil), at: now + .seconds(300_000_000), using: &generator)
        #expect(!backOff.isWaiting(at: now))
    }

    @Test func `does not wait where only the slot is lost`() {
        #expect(pause(after: .seconds(9), .skipSlot) == nil)
    }

    @Test func `begins anew after a success`() {
        var generator = SplitMix(state: 3)
        var backOff = BackOff()
        for failure in 0..<8 {
            backOff.failed(.wait(atLeast: nil), at: now + .seconds(120 * failure), using: &generator)
        }
        let later = now + .seconds(840)
        #expect(backOff.isWaiting(at: later + .seconds(90)))
        backOff.succeeded()
        #expect(!backOff.isWaiting(at: later))
        backOff.failed(.wait(atLeast: nil), at: later, using: &generator)
        #expect(!backOff.isWaiting(at: later + .seconds(3)))
    }
}
