internal import Archive
internal import Vocabulary

/// The times that a camera's ledger tells of, where it stands against another archive's.
struct LedgerCover {
    /// In the order of time.
    let ranges: [Range<Timestamp>]

    /// - Parameter runs: in the order of time. A run covers the time from its first slot to the end of its last one's interval,
    ///   so that the slots of two grids are not woven into one another.
    init(_ runs: [LedgerRun]) {
        ranges = runs.filter { !$0.isFiller }.map { $0.from..<$0.until }
    }

    /// Which of a run's slots lie in no covered time, by their numbers within the run.
    func slotsOutside(of run: LedgerRun) -> [Range<Int>] {
        var free: [Range<Int>] = []
        var next = 0
        for range in ranges {
            let (first, end) = (run.slots(before: range.lowerBound), run.slots(before: range.upperBound))
            if first > next { free.append(next..<first) }
            next = max(next, end)
        }
        if next < run.slots { free.append(next..<run.slots) }
        return free
    }
}
