internal import Catalog
internal import Hummingbird
internal import Vocabulary

extension Gallery {
    /// `GET /cameras/{camera}/timeline`
    func getTimeline(_ visit: Visit) async throws -> Response {
        let cells = try TimeCells(visit.query)
        let camera = try await visit.camera()
        var sums = OutcomeCells(from: cells.from, step: cells.step, count: cells.count)
        if cells.level >= LedgerRungs.level {
            try await ladder.add(camera, to: &sums)
        } else {
            try await catalog.forEachRunOutline(of: camera, since: cells.from, until: cells.until) { runs in
                for run in runs { sums.add(run) }
            }
        }
        var answer = JSONColumns()
        try answer.add(cells, of: camera)
        try answer.add("outcomes", sums.occurring.map(\.rawValue))
        answer.add("shares", columns: sums.shares)
        return json(answer.object, to: visit)
    }
}
