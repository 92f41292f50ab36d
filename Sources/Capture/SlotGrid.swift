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

/// Which slot is next, and which ones went by.
struct SlotSchedule: Sendable {
    let grid: SlotGrid
    /// The slot that has no outcome yet.
    private(set) var next = 0

    init(grid: SlotGrid) {
        self.grid = grid
    }

    /// The slot to run when the job wakes at `now`, after the slots that it slept through.
    ///
    /// A job that wakes late, as after a suspend, runs the newest due slot and none of the older ones: there is no burst.
    mutating func wake(at now: Timestamp) -> (missed: Range<Int>, current: Int) {
        let current = max(next, grid.lastDue(by: now))
        let missed = next..<current
        next = current + 1
        return (missed, current)
    }

    /// The slots that came due while the one before was busy until `now`; they are lost, and the next one is in the future.
    mutating func finished(at now: Timestamp) -> Range<Int> {
        let missed = next..<max(next, grid.lastDue(by: now) + 1)
        next = missed.upperBound
        return missed
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
