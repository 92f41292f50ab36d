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

extension LedgerRun {
    /// Whether it says nothing but that no archive told of this time. What another one tells of it takes its place.
    var isFiller: Bool { outcome == .missed && (detail?.word == .betweenArchives || detail?.word == .clockSet) }

    /// How many of its slots are due before an instant.
    func slots(before instant: Timestamp) -> Int {
        let distance = (instant - from).milliseconds
        guard distance > 0 else { return 0 }
        return Int(min(Int64(slots), (distance - 1) / interval.milliseconds + 1))
    }

    /// Some of its slots, with their share of the bytes. The shares of all parts add up.
    func part(_ part: Range<Int>) -> LedgerRun {
        func bytes(before slot: Int) -> Int64 { Int64(Double(self.bytes.bytes) * Double(slot) / Double(slots)) }
        return LedgerRun(
            camera: camera, outcome: outcome, detail: detail, from: from + interval * part.lowerBound,
            interval: interval,
            slots: part.count, bytes: ByteCount(bytes(before: part.upperBound) - bytes(before: part.lowerBound)),
            frame: frame)
    }
}
