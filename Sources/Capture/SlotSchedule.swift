import Vocabulary

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
