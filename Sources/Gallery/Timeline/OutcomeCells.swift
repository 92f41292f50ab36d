internal import Catalog
internal import Vocabulary

/// For how long slots went which way, in equal cells of time.
struct OutcomeCells: Hashable, Sendable {
    let from: Int64
    /// A cell's length in milliseconds.
    let step: Int64
    let count: Int
    /// Milliseconds, cell by cell, of each outcome that occurs, by its place among all.
    private var times: [[Int64]?] = Array(repeating: nil, count: Self.outcomes.count)

    static let outcomes = SlotOutcome.allCases

    init(from: Timestamp, step: Int64, count: Int) {
        (self.from, self.step, self.count) = (from.milliseconds, step, count)
    }

    /// Counts a run; what lies outside of the cells is left out.
    mutating func add(_ run: RunOutline) {
        guard let outcome = Self.outcomes.firstIndex(of: run.outcome) else { return }
        add(from: run.from.milliseconds, until: run.until.milliseconds, outcome: outcome)
    }

    /// - Parameter outcome: its place among all.
    mutating func add(from start: Int64, until end: Int64, outcome: Int) {
        var place = max(0, start.subtractingSaturating(from))
        let last = min(Int64(count) * step, end.subtractingSaturating(from))
        guard place < last else { return }
        if times[outcome] == nil { times[outcome] = Array(repeating: 0, count: count) }
        while place < last {
            let cell = place / step
            let next = min(last, (cell + 1) * step)
            times[outcome]?[Int(cell)] += next - place
            place = next
        }
    }

    /// Counts time that lies in the cell of an instant, as far as there is one.
    mutating func add(_ milliseconds: Int64, at instant: Int64, outcome: Int) {
        let place = instant.subtractingSaturating(from)
        guard place >= 0, place < Int64(count) * step else { return }
        if times[outcome] == nil { times[outcome] = Array(repeating: 0, count: count) }
        times[outcome]?[Int(place / step)] += milliseconds
    }

    /// The outcomes that occur, in the order of all.
    var occurring: [SlotOutcome] { Self.outcomes.indices.filter { times[$0] != nil }.map { Self.outcomes[$0] } }

    var isEmpty: Bool { times.allSatisfy { $0 == nil } }

    /// Milliseconds of an outcome in a cell.
    func time(_ outcome: SlotOutcome, in cell: Int) -> Int64 {
        guard let place = Self.outcomes.firstIndex(of: outcome) else { return 0 }
        return times[place]?[cell] ?? 0
    }

    /// The thousandths of each cell's time, a row for each outcome that occurs.
    ///
    /// What occurs at all has 1 at least, so that gaps do not vanish. The rows of a cell together have what is known of its time,
    /// and so never more than 1000: the greatest one gives or takes what rounding left.
    var shares: [[Int]] {
        let rows = times.compactMap(\.self)
        var shares = rows.map { _ in [Int](repeating: 0, count: count) }
        for cell in 0..<count {
            var (sum, known, greatest) = (0, Int64(0), 0)
            for row in rows.indices where rows[row][cell] > 0 {
                let time = min(step, rows[row][cell])
                let share = max(1, Int(time * 1000 / step))
                shares[row][cell] = share
                sum += share
                known += time
                if rows[row][cell] > rows[greatest][cell] { greatest = row }
            }
            guard known > 0 else { continue }
            let whole = Int(min(step, known) * 1000 / step)
            shares[greatest][cell] = min(1000, max(1, shares[greatest][cell] + whole - sum))
        }
        return shares
    }

    /// One letter a cell: the outcome that most of its time had, `a` for the first of all, and `.` where nothing is known.
    ///
    /// A gap of a tenth of a cell goes first: it is what is looked for.
    var letters: String {
        let weights = Self.outcomes.map { $0.isGap ? Int64(10) : 1 }
        var letters = ""
        for cell in 0..<count {
            var (best, place) = (Int64(0), Int?.none)
            for outcome in times.indices {
                guard let time = times[outcome]?[cell], time * weights[outcome] > best else { continue }
                (best, place) = (time * weights[outcome], outcome)
            }
            letters.unicodeScalars.append(place.map { Unicode.Scalar(UInt8(ascii: "a") + UInt8($0)) } ?? ".")
        }
        return letters
    }
}
