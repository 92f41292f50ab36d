internal import Catalog
internal import Vocabulary

/// One camera's ledger, summed up in cells of one level: the coarse view of years, kept in memory.
///
/// The newest run may still grow, so that it stands apart and is read again.
struct LedgerRungs: Hashable, Sendable {
    /// 68 minutes. Coarser levels are sums of whole ones of these.
    static let level = 14
    private static let step = TimeCells.step(of: level)

    /// The same time of one outcome in each of some cells.
    private struct Rung: Hashable {
        var cell: UInt32
        var cells: UInt32
        /// Milliseconds of each of them.
        let time: UInt32
        let outcome: UInt8
    }

    private var rungs: [Rung] = []
    /// The cell that the runs have reached, and its time by outcome.
    private var cell: Int64 = 0
    private var times = [Int64](repeating: 0, count: OutcomeCells.outcomes.count)
    /// The newest run.
    private(set) var newest: RunOutline?

    /// About what it takes in memory.
    var size: Int { rungs.count * MemoryLayout<Rung>.stride }

    /// Takes runs in, in the order of their beginning; the newest one may be there already, and have grown.
    mutating func add(_ runs: some Sequence<RunOutline>) {
        for run in runs {
            guard let before = newest, run.from > before.from else {
                if newest == nil || run.from == newest?.from { newest = run }
                continue
            }
            sum(before)
            newest = run
        }
    }

    private mutating func sum(_ run: RunOutline) {
        guard let outcome = OutcomeCells.outcomes.firstIndex(of: run.outcome) else { return }
        let all = Timestamp.plausible
        var place = max(run.from, all.lowerBound).milliseconds
        let end = min(run.until, all.upperBound).milliseconds
        while place < end {
            let reached = place / Self.step
            if reached > cell { finishCell(reached) }
            // Runs that overlap are damage: what lies in a cell that is done counts for the one at hand.
            let full = end / Self.step
            if place % Self.step == 0, full > reached, reached == cell, times.allSatisfy({ $0 == 0 }) {
                append(
                    Rung(
                        cell: UInt32(reached), cells: UInt32(full - reached), time: UInt32(Self.step),
                        outcome: UInt8(outcome)))
                (cell, place) = (full, full * Self.step)
                continue
            }
            let next = min(end, (reached + 1) * Self.step)
            times[outcome] += next - place
            place = next
        }
    }

    private mutating func finishCell(_ next: Int64) {
        for outcome in times.indices where times[outcome] > 0 {
            append(
                Rung(
                    cell: UInt32(cell), cells: 1, time: UInt32(min(Self.step, times[outcome])), outcome: UInt8(outcome))
            )
            times[outcome] = 0
        }
        cell = next
    }

    private mutating func append(_ rung: Rung) {
        if let last = rungs.last, last.outcome == rung.outcome, last.time == rung.time,
            last.cell + last.cells == rung.cell
        {
            rungs[rungs.count - 1].cells += rung.cells
        } else {
            rungs.append(rung)
        }
    }

    /// Adds all that is known to cells that are made of whole ones of these, or are so much longer that it does not matter.
    func add(to cells: inout OutcomeCells) {
        let (first, end) = (cells.from, cells.from + Int64(cells.count) * cells.step)
        for rung in rungs {
            let from = Int64(rung.cell) * Self.step
            let until = from + Int64(rung.cells) * Self.step
            guard from < end else { break }
            guard until > first else { continue }
            if rung.time == UInt32(Self.step) {
                cells.add(from: from, until: until, outcome: Int(rung.outcome))
                continue
            }
            for number in 0..<Int64(rung.cells) {
                cells.add(Int64(rung.time), at: from + number * Self.step, outcome: Int(rung.outcome))
            }
        }
        for outcome in times.indices where times[outcome] > 0 {
            cells.add(times[outcome], at: cell * Self.step, outcome: outcome)
        }
        if let newest { cells.add(newest) }
    }
}
