import Archive
import Monitoring
import Testing
import Vocabulary

@Suite struct `A camera's health` {
    /// Runs of 10 s slots that end at ``Timestamp/start``, by outcome and number of slots, the oldest first.
    private func health(
        _ runs: (SlotOutcome, Int)..., missed detail: SlotReason = SlotReason(.busy), later: Duration = .seconds(5),
        patience: Duration = .seconds(300), printingFor: Duration? = nil, frozenAfter: Duration? = .seconds(3600)
    ) -> CameraHealth {
        var end = Timestamp.start + .seconds(10)
        let newestFirst = runs.reversed().map { outcome, slots in
            end = end - .seconds(10) * slots
            return LedgerRun(
                camera: .printer, outcome: outcome,
                detail: outcome == .missed ? detail : outcome == .duplicate ? SlotReason(.identical) : nil,
                from: end,
                interval: .seconds(10), slots: slots,
                bytes: .zero, frame: nil)
        }
        return CameraHealth(
            runs: newestFirst, at: .start + later, patience: patience,
            printingSince: printingFor.map { .start - $0 }, frozenAfter: frozenAfter)
    }

    @Test(arguments: [
        (SlotOutcome.stored, CameraHealth.State.working), (.duplicate, .still), (.unchanged, .still),
        (.noPicture, .idle), (.cap, .paused),
    ])
    func `is good while it works, idles or is paused`(outcome: SlotOutcome, state: CameraHealth.State) {
        let health = health((outcome, 9000))
        #expect(health.state == state)
        #expect(health.isHealthy)
    }

    @Test func `bears failures for a while`() {
        #expect(health((.stored, 1), (.offline, 30)).isHealthy)
        #expect(!health((.stored, 1), (.offline, 31)).isHealthy)
        #expect(health((.stored, 1), (.offline, 31), patience: .seconds(400)).isHealthy)
    }

    @Test func `counts a failure from its beginning, through all its reasons`() {
        let health = health((.stored, 1), (.offline, 20), (.timeout, 1), (.missed, 5), (.unavailable, 20))
        #expect(health.state == .failing)
        #expect(health.since == .start - .seconds(450))
        #expect(!health.isHealthy)
    }

    @Test(arguments: [SlotReason.Word.notRunning, .asleep])
    func `does not count the time in which nobody captured`(detail: SlotReason.Word) {
        let health = health((.offline, 100), (.missed, 9000), (.offline, 30), missed: SlotReason(detail))
        #expect(health.since == .start - .seconds(290))
        #expect(health.isHealthy)
        #expect(self.health((.stored, 100), (.missed, 9000), missed: SlotReason(detail)).state == .silent)
    }

    /// As after the clock was ahead once: a negative age is no freshness.
    @Test(arguments: [31, 7200, 9 * 366 * 86_400])
    func `does not come from slots ahead of the clock`(seconds: Int) {
        let health = health((.stored, 9000), later: .seconds(-seconds))
        #expect(health.state == .silent)
        #expect(!health.isHealthy)
        #expect(health.aheadUntil == .start)
    }

    @Test func `is that of the slots up to now, where others lie ahead`() {
        let ahead = LedgerRun(
            camera: .printer, outcome: .stored, detail: nil, from: .start + .seconds(7200), interval: .seconds(10),
            slots: 5, bytes: .zero, frame: nil)
        let now = LedgerRun(
            camera: .printer, outcome: .timeout, detail: nil, from: .start - .seconds(990), interval: .seconds(10),
            slots: 100, bytes: .zero, frame: nil)
        let health = CameraHealth(runs: [ahead, now], at: .start + .seconds(5))
        #expect(health.state == .failing)
        #expect(!health.isHealthy)
        #expect(health.aheadUntil == .start + .seconds(7240))
    }

    @Test func `recovers with one slot that works`() {
        let health = health((.offline, 5000), (.stored, 1))
        #expect(health.state == .working)
        #expect(health.since == .start)
        #expect(health.isHealthy)
    }

    @Test func `is bad at once where credentials are refused`() {
        let health = health((.stored, 100), (.unauthorized, 1))
        #expect(health.state == .unauthorized)
        #expect(!health.isHealthy)
    }

    @Test func `is bad when no slots come any more`() {
        #expect(health((.stored, 100), later: .seconds(60)).isHealthy)
        let silent = health((.stored, 100), later: .milliseconds(60_001))
        #expect(silent.state == .silent)
        #expect(silent.since == .start + .seconds(10))
        #expect(!silent.isHealthy)
    }

    @Test func `is not known without slots`() {
        #expect(health().state == .unknown)
        #expect(!health().isHealthy)
    }

    @Test func `is bad where the picture is the very same for an hour of a print, and only then`() {
        let frozen = health((.stored, 1), (.duplicate, 361), printingFor: .seconds(9000))
        #expect(frozen.state == .frozen)
        #expect(frozen.since == .start - .seconds(3600))
        #expect(!frozen.isHealthy)
        // Not that long yet; printing for less; nothing prints; only the address is the same; never by the owner's wish.
        let others = [
            health((.stored, 1), (.duplicate, 359), printingFor: .seconds(9000)),
            health((.stored, 1), (.duplicate, 2880), printingFor: .seconds(3500)),
            health((.stored, 1), (.duplicate, 2880)),
            health((.stored, 1), (.unchanged, 2880), printingFor: .seconds(9000)),
            health((.stored, 1), (.duplicate, 2880), printingFor: .seconds(9000), frozenAfter: nil),
        ]
        #expect(others.map(\.state) == [.working, .still, .still, .still, .still])
        #expect(others.filter { !$0.isHealthy }.isEmpty)
        #expect(
            health((.stored, 1), (.duplicate, 61), printingFor: .seconds(9000), frozenAfter: .seconds(600)).state
                == .frozen)
    }

    @Test func `stays that of refused credentials after a job that ended by them`() {
        let health = health((.stored, 100), (.unauthorized, 1), later: .seconds(86_400))
        #expect(health.state == .unauthorized)
        #expect(health.since == .start)
        #expect(!health.isHealthy)
    }
}
