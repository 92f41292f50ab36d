internal import Archive
internal import Catalog

/// Takes, of each step of a row of frames, the one in which the head stands as in the others.
///
/// The first and the last frame are taken as they are: what a video begins and ends with is what it is about.
///
/// Every candidate is decoded once, at 1/8 scale on all cores, and no more than two steps' worth of small pictures are
/// in memory. A frame whose picture is damaged is no candidate.
struct SteadyChoice: Sendable {
    private let row: [ExportCandidate]
    private let steps: [Range<Int>]
    /// The middle of each step in time.
    private let evenly: [Int]
    private let catalog: Catalog

    /// - Parameters:
    ///   - row: in the order of time or against it.
    ///   - count: of steps, 1 or more. Each reaches halfway to the frames that an even choice takes before and after.
    init(_ row: [ExportCandidate], count: Int, catalog: Catalog) {
        (self.row, self.catalog) = (row, catalog)
        let evenly = EvenChoice.places(of: count, in: FrameTimes(row).elapsed)
        self.evenly = evenly
        let bounds = [0] + zip(evenly, evenly.dropFirst()).map { ($0 + $1 + 1) / 2 } + [row.count]
        steps = zip(bounds, bounds.dropFirst()).map { $0..<$1 }
    }

    func taken(progress: @escaping ExportProgressReport) async throws(ExportError) -> [ExportCandidate] {
        guard row.count > steps.count, let size = row.sizes.mostFrequent else { return evenly.map { row[$0] } }
        let grid = SceneGrid(for: size)
        var path = SteadyPath(grid)
        let middle = steps.count / 2
        // The ends of the row that can be read: of the outermost steps the outermost candidates.
        var readable: [Int] = []
        func take(_ step: SteadyStep) {
            let places = step.candidates.map(\.place)
            readable += [places.min(), places.max()].compactMap { $0 }
        }
        try await forEachStep(of: Array(middle..<steps.count), grid, progress) {
            take($0)
            path.takeForwards($0)
        }
        try await forEachStep(of: (0..<middle).reversed(), grid, progress) {
            take($0)
            path.takeBackwards($0)
        }
        var places = path.places
        if places.count > 1, let first = readable.min(), let last = readable.max() {
            (places[0], places[places.count - 1]) = (first, last)
        }
        return places.map { row[$0] }
    }

    private func forEachStep(
        of numbers: [Int], _ grid: SceneGrid, _ progress: @escaping ExportProgressReport,
        _ body: (SteadyStep) -> Void
    ) async throws(ExportError) {
        let waiting = numbers.flatMap { number in places(of: number).map { (step: number, place: $0) } }
        let feed = FrameFeed(catalog, waiting.map { row[$0.place] })
        var next = 0
        var (current, candidates): (Int?, [SteadyStep.Candidate]) = (nil, [])
        func finish() {
            if !candidates.isEmpty { body(SteadyStep(candidates)) }
            candidates = []
        }
        try await feed.forEachPicture(
            transformedBy: { picture throws(PictureRefusal) in grid.view(of: try picture.luma()) },
            { frame, view in
                // Those that were refused never come here.
                while row[waiting[next].place].id != frame.id { next += 1 }
                let (step, place) = waiting[next]
                next += 1
                if step != current { finish() }
                current = step
                candidates.append(SteadyStep.Candidate(place: place, offset: offset(place, step), view: view))
                progress(feed.progress())
            })
        finish()
    }

    /// Of a long step some candidates, evenly.
    private func places(of step: Int) -> [Int] {
        let range = steps[step]
        let most = SteadyWalk.mostCandidates
        guard range.count > most else { return Array(range) }
        return (0..<most).map { range.lowerBound + $0 * (range.count - 1) / (most - 1) }
    }

    /// How far a frame is from the middle of its step, 0 to 1.
    private func offset(_ place: Int, _ step: Int) -> Float {
        let reach = max(evenly[step] - steps[step].lowerBound, steps[step].upperBound - 1 - evenly[step], 1)
        return Float(abs(place - evenly[step])) / Float(reach)
    }
}
