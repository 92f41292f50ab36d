import Archive
import Storage
import Vocabulary

/// When a camera's grid of slots begins.
enum CameraStart: Hashable, Sendable {
    case at(Timestamp)
    /// Where the grid that the camera had before would have gone on.
    case continuing
    /// Where the grid goes on after the system's clock was set, with the step that it had.
    case afterLeap(CameraRest, ClockLeap)

    var isAfterLeap: Bool {
        if case .afterLeap = self { true } else { false }
    }

    /// Waits for it, where it is known and to come.
    ///
    /// - Returns: `false` where the camera or the job is told to stop first.
    func comes(by clock: any JobClock, until stop: CameraStop) async -> Bool {
        guard case .at(let instant) = self, instant > clock.now() else { return true }
        return await stop.sleeps(until: instant, by: clock)
    }
}

/// How far a camera had come when it was told to rest.
struct CameraRest: Hashable, Sendable {
    /// When it would have been due next, by the time before the leap.
    let next: Timestamp
    /// What it has done of the job.
    var slots = 0
    var frames = 0
    var duration = Duration.zero
}

/// Where a camera's grid begins, and what the ledger is to say of the time before it. A pure value.
struct GridStart: Hashable, Sendable {
    let start: Timestamp
    /// Slots that went by.
    let missed: [SlotRun]

    /// Time without the program that is longer than this is told as one long slot: nobody needs millions of missed ones, and it
    /// may well be a clock that is wrong.
    static let longestCounted = Duration.seconds(366 * 86_400)

    /// - Parameter last: the camera's last run in the ledger that begins by now.
    init(_ start: CameraStart, at now: Timestamp, interval: Duration, after last: LedgerRun?) {
        switch start {
        case .at(let instant): self.init(downtimeUntil: max(instant, now), interval: interval, after: last)
        case .continuing: self.init(downtimeUntil: max(last?.until ?? now, now), interval: interval, after: last)
        case .afterLeap(let rest, let leap):
            let grid = SlotGrid(start: rest.next + leap.shift, interval: interval)
            // Cameras wait for one another before they go by the new time.
            let lost = max(0, grid.lastDue(by: now))
            var missed: [SlotRun] = []
            if let last, grid.start - last.until > interval {
                missed.append(
                    SlotRun(
                        outcome: .missed, detail: SlotReason(.clockSet), first: last.until, slots: 1,
                        interval: grid.start - last.until))
            }
            if lost > 0 {
                missed.append(
                    SlotRun(
                        outcome: .missed, detail: SlotReason(.clockSet), first: grid.start, slots: lost,
                        interval: grid.interval))
            }
            self.init(start: grid.slot(lost).due, missed: missed)
        }
    }

    private init(start: Timestamp, missed: [SlotRun]) {
        (self.start, self.missed) = (start, missed)
    }

    private init(downtimeUntil start: Timestamp, interval: Duration, after last: LedgerRun?) {
        guard let last else {
            self.init(start: start, missed: [])
            return
        }
        // A clock that was set back by less than is called a leap.
        let start = max(start, last.lastSlot + .milliseconds(1))
        // A single slot may stand for a leap, and be as long as that.
        let step = last.outcome == .missed && last.slots == 1 ? interval : last.interval
        guard let downtime = Downtime(after: last.until, interval: step, until: start) else {
            self.init(start: start, missed: [])
            return
        }
        let time = start - downtime.first
        let isCounted = time <= Self.longestCounted
        self.init(
            start: start,
            missed: [
                SlotRun(
                    outcome: .missed, detail: SlotReason(.notRunning), first: downtime.first,
                    slots: isCounted ? downtime.slots : 1, interval: isCounted ? downtime.interval : time)
            ])
    }
}
