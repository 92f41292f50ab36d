internal import Archive
internal import Vocabulary

/// One camera's ledger, of which a stretch is moved in time. A pure value.
struct LedgerShift {
    /// In the order of time, as they are.
    let runs: [LedgerRun]
    /// Those that belong to the stretch.
    let owned: Range<Int>
    private let foreign: Set<Int>

    /// - Parameters:
    ///   - runs: all of the camera's, in the order of time.
    ///   - slots: the first slot and the last one in which a frame of the stretch was stored.
    ///   - frames: the stretch's.
    init?(_ runs: [LedgerRun], slots: ClosedRange<Timestamp>, frames: ClosedRange<FrameID>) {
        func isForeign(_ run: LedgerRun) -> Bool {
            run.outcome == .stored && run.frame.map { !frames.contains($0) } ?? false
        }
        guard
            let first = runs.firstIndex(where: { $0.lastSlot >= slots.lowerBound && $0.from <= slots.upperBound }),
            let last = runs.lastIndex(where: { $0.lastSlot >= slots.lowerBound && $0.from <= slots.upperBound })
        else { return nil }
        // What was tried right before the first frame and right after the last one was so by the same clock.
        func follows(_ left: LedgerRun, _ right: LedgerRun) -> Bool {
            !left.isSoft && !right.isSoft && right.from - left.until <= max(left.interval, right.interval)
        }
        var (from, until) = (first, last)
        while from > 0, follows(runs[from - 1], runs[from]), !isForeign(runs[from - 1]) { from -= 1 }
        while until + 1 < runs.count, follows(runs[until], runs[until + 1]), !isForeign(runs[until + 1]) { until += 1 }
        self.runs = runs
        owned = from..<until + 1
        foreign = Set(owned.filter { isForeign(runs[$0]) })
    }

    /// The stretch's own runs.
    var stretch: [LedgerRun] { owned.filter { !foreign.contains($0) }.map { runs[$0] } }

    /// The ledger with the stretch moved.
    ///
    /// - Parameter now: what would fill time beyond it, at the ledger's end, is left out.
    func moved(by shift: Duration, now: Timestamp) throws(TimeShiftError) -> [LedgerRun] {
        let rest = runs.indices.filter { !owned.contains($0) || foreign.contains($0) }.map { runs[$0] }
        let moved = stretch.map { $0.shifted(by: shift) }
        guard let first = moved.first, let last = moved.last else { return runs }
        func meets(_ left: LedgerRun, _ right: LedgerRun) -> Bool {
            left.from <= right.lastSlot && right.from <= left.lastSlot
        }
        for run in rest where !run.isSoft && moved.contains(where: { !$0.isSoft && meets($0, run) }) {
            throw .occupied(camera: run.camera, from: run.from, until: run.until)
        }
        // What says only that nobody captured gives way, on either side.
        var result = moved.filter { run in !run.isSoft || !rest.contains { !$0.isSoft && meets($0, run) } }
        for run in rest {
            guard run.isSoft else {
                result.append(run)
                continue
            }
            let parts = [run.part(before: first.from), run.part(from: last.until)].compactMap(\.self)
            // Less than a slot's time stands for nothing.
            result += parts.filter { $0.detail?.word != .clockSet || $0.interval > first.interval }
        }
        result.sort { $0.from < $1.from }
        while let end = result.last, end.isSoft, end.until > now { result.removeLast() }
        while let start = result.first, start.detail?.word == .clockSet { result.removeFirst() }
        return Self.filled(result)
    }

    private static func filled(_ runs: [LedgerRun]) -> [LedgerRun] {
        var result: [LedgerRun] = []
        for run in runs {
            if let last = result.last, run.from - last.until > max(last.interval, run.interval) {
                result.append(
                    LedgerRun(
                        camera: run.camera, outcome: .missed, detail: SlotReason(.clockSet), from: last.until,
                        interval: run.from - last.until, slots: 1, bytes: .zero, frame: nil))
            }
            result.append(run)
        }
        return result
    }
}
