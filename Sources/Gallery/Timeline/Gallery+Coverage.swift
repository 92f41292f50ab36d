internal import Catalog
internal import Hummingbird
internal import Vocabulary

/// Which strips of outcomes.
struct CoverageStretch: Hashable, Sendable {
    let camera: CameraName?
    let since: Timestamp
    let cells: Int
    /// A cell's length in milliseconds.
    let step: Int64

    var until: Timestamp { since + .milliseconds(step * Int64(cells)) }
}

/// Strips of outcomes, one letter a cell.
struct CoverageAnswer: Encodable, Sendable {
    struct Strip: Encodable, Sendable {
        let camera: String
        let cells: String
    }

    let from: String
    let until: String
    let outcomes = OutcomeCells.outcomes.map(\.rawValue)
    let cameras: [Strip]
}

extension Gallery {
    /// `GET /coverage`
    func getCoverage(_ visit: Visit) async throws -> Response {
        let since = try visit.query.required("since", try visit.query.time("since"))
        let until = try visit.query.required("until", try visit.query.time("until"))
        let cells = try visit.query.number("cells", in: 1...1440) ?? 144
        guard since < until else { throw Problem.badRequest("“until” is not after “since”.") }
        let length = until.milliseconds - since.milliseconds
        let stretch = CoverageStretch(
            camera: try await visit.askedCamera(), since: since, cells: cells,
            step: (length + Int64(cells) - 1) / Int64(cells))
        let answer = try await answers.coverage.value(stretch) { [self] in try await coverage(of: stretch) }
        return try json(answer, to: visit)
    }

    private func coverage(of stretch: CoverageStretch) async throws -> CoverageAnswer {
        let names = if let camera = stretch.camera { [camera] } else { try await catalog.cameraNames() }
        var strips: [CoverageAnswer.Strip] = []
        for camera in names {
            var sums = OutcomeCells(from: stretch.since, step: stretch.step, count: stretch.cells)
            if stretch.step >= 32 * TimeCells.step(of: LedgerRungs.level) {
                // Cells of days: an hour at their ends is not seen.
                try await ladder.add(camera, to: &sums)
            } else {
                try await catalog.forEachRunOutline(of: camera, since: stretch.since, until: stretch.until) { runs in
                    for run in runs { sums.add(run) }
                }
            }
            if !sums.isEmpty { strips.append(CoverageAnswer.Strip(camera: camera.text, cells: sums.letters)) }
        }
        return CoverageAnswer(
            from: stretch.since.description,
            until: min(stretch.until, Timestamp.plausible.upperBound).description, cameras: strips)
    }
}
