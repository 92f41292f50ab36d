import Vocabulary

/// The instants at which a camera is due: a start, and every interval after it.
struct SlotGrid: Hashable, Sendable {
    let start: Timestamp
    /// At least 1 ms.
    let interval: Duration

    init(start: Timestamp, interval: Duration) {
        self.start = start
        self.interval = max(interval, .milliseconds(1))
    }

    func slot(_ index: Int) -> Slot {
        Slot(due: start + .milliseconds(Int64(index) * interval.milliseconds), interval: interval)
    }

    /// The last slot that is due at `instant` or before it; negative before the start.
    func lastDue(by instant: Timestamp) -> Int {
        let elapsed = (instant - start).milliseconds
        let step = interval.milliseconds
        return Int(elapsed >= 0 ? elapsed / step : (elapsed - step + 1) / step)
    }
}

/// The slots of an earlier run's grid that went by before `now`, while the program was not running.
struct Downtime: Hashable, Sendable {
    let first: Timestamp
    let slots: Int
    let interval: Duration

    /// - Parameters:
    ///   - end: where the ledger's last run ends: the first instant without an outcome.
    ///   - interval: of that run.
    /// - Returns: `nil` where no slot went by.
    init?(after end: Timestamp, interval: Duration, until now: Timestamp) {
        guard now > end else { return nil }
        let grid = SlotGrid(start: end, interval: interval)
        first = end
        slots = grid.lastDue(by: now - .milliseconds(1)) + 1
        self.interval = grid.interval
    }
}
