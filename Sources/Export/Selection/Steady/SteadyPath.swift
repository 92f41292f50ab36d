/// Chooses one candidate of each step so that the head stands alike in all of them.
///
/// The search goes from the middle to both ends, because what the head does in the middle of a print is nearest to what
/// it does in all of it. Of all paths through the middle's candidates the one that costs least is taken.
struct SteadyPath: Sendable {
    private let grid: SceneGrid
    private var middle: SteadyStep?
    private var spacing: Float = 0
    private var forwards: SteadyWalk?
    private var backwards: SteadyWalk?

    /// What a candidate at the edge of its step costs, in mean distances of two candidates.
    private static let spacingWeight: Float = 0.1

    init(_ grid: SceneGrid) { self.grid = grid }

    /// Takes the next step towards the end; the first one is the middle.
    mutating func takeForwards(_ step: SteadyStep) {
        if begins(with: step) { return }
        forwards?.take(step)
    }

    /// Takes the next step towards the beginning.
    mutating func takeBackwards(_ step: SteadyStep) {
        if begins(with: step) { return }
        backwards?.take(step)
    }

    private mutating func begins(with step: SteadyStep) -> Bool {
        guard middle == nil else { return false }
        middle = step
        let candidates = step.candidates
        let distances = candidates.dropFirst().map { candidates[0].view.distance(to: $0.view) }
        spacing = Self.spacingWeight * (distances.isEmpty ? 0 : distances.reduce(0, +) / Float(distances.count))
        forwards = SteadyWalk(grid, from: step, spacing: spacing)
        backwards = SteadyWalk(grid, from: step, spacing: spacing)
        return true
    }

    /// The places of the chosen frames, in order.
    var places: [Int] {
        guard let middle, let forwards, let backwards else { return [] }
        let totals = zip(forwards.totals, backwards.totals).enumerated().map { walk, totals in
            let offset = middle.candidates[walk].offset
            return totals.0 + totals.1 + spacing * offset * offset
        }
        let best = totals.indices.min { totals[$0] < totals[$1] } ?? 0
        return backwards.path(of: best).reversed() + [middle.candidates[best].place] + forwards.path(of: best)
    }
}
