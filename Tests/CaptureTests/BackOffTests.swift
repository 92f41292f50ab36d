import Testing
import Vocabulary

@testable import Capture

@Suite struct `A camera that fails` {
    let now = Timestamp(milliseconds: 0)

    private func pause(after failures: Int, _ disposition: Disposition) -> Duration? {
        var generator = SeededGenerator(seed: 3)
        var backOff = BackOff()
        for _ in 0..<failures { backOff.failed(disposition, at: now, using: &generator) }
        return backOff.resumesAt.map { $0 - now }
    }

    @Test func `doubles with each failure in a row, within a fifth of jitter, up to a limit`() throws {
        for (failures, seconds) in [(1, 2.0), (2, 4), (3, 8), (6, 64), (7, 120), (500, 120)] {
            let wait = try #require(pause(after: failures, .wait(atLeast: nil)))
            #expect(wait >= .seconds(seconds * 0.8) && wait <= .seconds(seconds * 1.2))
        }
    }

    @Test func `honours what a server asks for, within bounds`() {
        #expect(pause(after: 1, .wait(atLeast: .seconds(600))) == .seconds(600))
        #expect(pause(after: 1, .wait(atLeast: .seconds(9_999_999))) == BackOff.longestHonoured)
        #expect(pause(after: 1, .wait(atLeast: .seconds(-5))).map { $0 <= .seconds(2.4) } == true)
    }

    @Test func `is asked again soon where only the owner can mend it, and seldom only when it is repeated`() throws {
        for (refusals, seconds) in [(1, 10.0), (2, 40), (3, 160), (4, 640), (5, 900), (500, 900)] {
            let wait = try #require(pause(after: refusals, .askUser))
            #expect(wait >= .seconds(seconds * 0.8) && wait <= .seconds(seconds * 1.2))
        }
    }

    @Test func `is asked again at once after a good answer to another question, unless it asked for the pause`() {
        var generator = SeededGenerator(seed: 3)
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
        var generator = SeededGenerator(seed: 3)
        var backOff = BackOff()
        backOff.failed(.wait(atLeast: nil), at: now + .seconds(300_000_000), using: &generator)
        #expect(!backOff.isWaiting(at: now))
    }

    @Test func `does not wait where only the slot is lost`() {
        #expect(pause(after: 9, .skipSlot) == nil)
    }

    @Test func `begins anew after a success`() {
        var generator = SeededGenerator(seed: 3)
        var backOff = BackOff()
        for _ in 0..<8 { backOff.failed(.wait(atLeast: nil), at: now, using: &generator) }
        #expect(backOff.isWaiting(at: now + .seconds(90)))
        backOff.succeeded()
        #expect(!backOff.isWaiting(at: now))
        backOff.failed(.wait(atLeast: nil), at: now, using: &generator)
        #expect(!backOff.isWaiting(at: now + .seconds(3)))
    }
}
