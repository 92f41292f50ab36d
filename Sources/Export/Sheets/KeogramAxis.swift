internal import Vocabulary

/// The marks below a keogram, where local clocks reach round times.
struct KeogramAxis: Hashable, Sendable {
    struct Mark: Hashable, Sendable {
        /// The first column at or after that time.
        let column: Int
        let text: String
    }

    let marks: [Mark]
    /// Where frames are missing.
    let holes: [Hole]

    struct Hole: Hashable, Sendable {
        /// The first column behind it.
        let column: Int
        let length: Duration
    }

    /// Columns further apart than so many usual steps have a hole between them.
    private static let usualSteps = 4
    private static let shortestHole = Duration.seconds(30)

    /// How many holes there are and the longest of them, as a heading says it; `nil` where there is none.
    var holesText: String? {
        guard let longest = holes.map(\.length).max() else { return nil }
        return holes.count == 1
            ? "1 hole of \(longest.shortText), marked" : "\(holes.count) holes up to \(longest.shortText), marked"
    }

    /// - Parameters:
    ///   - times: the columns', from left to right, rising or falling.
    ///   - spacing: the least number of columns between two marks.
    init(_ times: [Timestamp], spacing: Double, clock: SheetClock) {
        holes = Self.holes(in: times)
        let fitting = Self.steps.lazy.map { step in (step, Self.columns(in: times, step: step, clock)) }
            .first { Double($0.1.count) * spacing <= Double(times.count) }
        guard let (step, columns) = fitting else {
            marks = []
            return
        }
        var marks: [Mark] = []
        for column in columns {
            if let last = marks.last, Double(column - last.column) < spacing { continue }
            // Where time runs backwards, the time that was passed began with the column before.
            let reached = max(times[column], times[column - 1])
            let start = clock.steps(of: step, until: reached).start
            marks.append(Mark(column: column, text: clock.mark(start, step: step)))
        }
        self.marks = marks
    }

    private static func holes(in times: [Timestamp]) -> [Hole] {
        let steps = zip(times, times.dropFirst()).map { max($1 - $0, $0 - $1) }
        guard !steps.isEmpty else { return [] }
        let usual = steps.sorted()[steps.count / 2]
        let longest = max(usual * usualSteps, shortestHole)
        return steps.enumerated().filter { $0.element > longest }
            .map { Hole(column: $0.offset + 1, length: $0.element) }
    }

    /// The columns at which another step has begun than at the column before.
    private static func columns(in times: [Timestamp], step: Int, _ clock: SheetClock) -> [Int] {
        let counts = times.map { clock.steps(of: step, until: $0).count }
        return counts.indices.dropFirst().filter { counts[$0] != counts[$0 - 1] }
    }

    /// Seconds between marks that people read at once.
    private static let steps: [Int] = {
        let hour = 3600
        let day = 24 * hour
        let days = [1, 2, 7, 14, 28, 56, 112, 364, 728].map { $0 * day }
        return [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour] + days
    }()
}
