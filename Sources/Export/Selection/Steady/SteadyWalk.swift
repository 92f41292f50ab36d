/// The likest frames of one step after the other, away from a first step in which each candidate begins a walk of its
/// own.
///
/// Each walk has a view of how things stood so far: a running mean of the likest candidates, moved along with
/// ``SceneDrift``. In it the part grows and slow change of light comes and goes, but the head keeps its place: that
/// keeps a walk from drifting away in small steps. For each walk dynamic programming (Bellman, 1957) finds the path of
/// least cost through all steps, where a candidate costs its distance to the walk's view, its distance to the candidate
/// before, and its offset from the middle of its step.
struct SteadyWalk: Sendable {
    private let grid: SceneGrid
    private let spacing: Float
    private var drift: SceneDrift
    private var last: SteadyStep
    /// What each walk has seen so far.
    private var views: [[Float]]
    /// What the best path to each candidate of the last step costs, walk by walk.
    private var costs: [[Float]]
    private var trail: [Trail] = []

    /// How one step was reached.
    private struct Trail: Sendable {
        let places: [Int]
        /// For each walk and candidate the number of the candidate before.
        let before: [[UInt8]]
    }

    /// A step has no more candidates.
    static let mostCandidates = 64
    /// Of the newest candidate in a walk's view.
    private static let weight: Float = 0.05
    /// Of the distance to the walk's view, beside that to the candidate before.
    private static let viewWeight: Float = 10

    /// - Parameter spacing: what a candidate at the edge of its step costs, in units of a view.
    init(_ grid: SceneGrid, from step: SteadyStep, spacing: Float) {
        (self.grid, self.spacing, last) = (grid, spacing, step)
        drift = SceneDrift(grid, from: step.activity)
        views = step.candidates.map { $0.view.map(Float.init) }
        // Every walk begins with its own candidate.
        costs = step.candidates.indices.map { walk in
            step.candidates.indices.map { $0 == walk ? 0 : .infinity }
        }
    }

    mutating func take(_ step: SteadyStep) {
        let shift = drift.follow(to: step.activity)
        let between = last.candidates.map { before in step.candidates.map { before.view.distance(to: $0.view) } }
        var trails: [[UInt8]] = []
        for walk in views.indices {
            var view = grid.shifted(views[walk], by: shift)
            let rounded = view.map { Int16(truncatingIfNeeded: Int32($0)) }
            let distances = step.candidates.map { rounded.distance(to: $0.view) }
            var cost = [Float](repeating: 0, count: distances.count)
            var before = [UInt8](repeating: 0, count: distances.count)
            for (next, candidate) in step.candidates.enumerated() {
                var best = (cost: Float.infinity, number: 0)
                for number in last.candidates.indices {
                    let cost = costs[walk][number] + between[number][next]
                    if cost < best.cost { best = (cost, number) }
                }
                cost[next] =
                    best.cost + Self.viewWeight * distances[next] + spacing * candidate.offset * candidate.offset
                before[next] = UInt8(best.number)
            }
            costs[walk] = cost
            trails.append(before)
            let likest = distances.indices.min { distances[$0] < distances[$1] } ?? 0
            let newest = step.candidates[likest].view
            for box in view.indices { view[box] += Self.weight * (Float(newest[box]) - view[box]) }
            views[walk] = view
        }
        trail.append(Trail(places: step.candidates.map(\.place), before: trails))
        last = step
    }

    /// What the best path of each walk costs.
    var totals: [Float] { costs.map { $0.min() ?? 0 } }

    /// The places of a walk's frames, the first step's apart, step by step away from it.
    func path(of walk: Int) -> [Int] {
        var number = costs[walk].indices.min { costs[walk][$0] < costs[walk][$1] } ?? 0
        var path: [Int] = []
        for step in trail.reversed() {
            path.append(step.places[number])
            number = Int(step.before[walk][number])
        }
        return path.reversed()
    }
}
