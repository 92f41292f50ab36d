internal import Vocabulary

/// When the frames of a list were captured, as time that has passed since the list's first frame.
struct FrameTimes: Sendable {
    /// In the unit of the instants, in the list's order; 0 first, and never falling.
    let elapsed: [Int64]
    /// The median of the time between two neighbours; `nil` where there are none.
    let usualStep: Int64?

    /// Where a clock was set back amid the list, the time that passed is not known, and the usual step stands in.
    ///
    /// - Parameter instants: of any unit, since any instant.
    init(_ instants: [Int64]) {
        let sign: Int64 = (instants.last ?? 0) < (instants.first ?? 0) ? -1 : 1
        let steps = zip(instants.dropFirst(), instants).map { ($0 - $1) * sign }
        let known = steps.filter { $0 >= 0 }.sorted()
        usualStep = known.isEmpty ? nil : known[known.count / 2]
        var passed: Int64 = 0
        var elapsed: [Int64] = instants.isEmpty ? [] : [0]
        elapsed.reserveCapacity(instants.count)
        for step in steps {
            passed += step < 0 ? usualStep ?? 0 : step
            elapsed.append(passed)
        }
        self.elapsed = elapsed
    }
}

extension FrameTimes {
    /// In milliseconds.
    init(_ candidates: [ExportCandidate]) { self.init(candidates.map(\.capturedAt.milliseconds)) }
}

extension [ExportCandidate] {
    /// Whether time runs backwards in the list.
    var isNewestFirst: Bool {
        guard let first, let last else { return false }
        return last.capturedAt < first.capturedAt
    }
}
