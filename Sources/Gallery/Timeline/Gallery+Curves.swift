internal import Catalog
internal import Hummingbird
internal import Vocabulary

/// A stretch of 64 cells that all visitors share, as sheets do.
struct LookBlock: Hashable, Sendable {
    static let cells = 64

    let camera: CameraName
    let level: Int
    let number: Int64

    var step: Int64 { TimeCells.step(of: level) }
    var from: Timestamp { Timestamp(milliseconds: number * Int64(Self.cells) * step) }
    var until: Timestamp { from + .milliseconds(step * Int64(Self.cells)) }
}

extension Gallery {
    /// `GET /cameras/{camera}/curves`
    func getCurves(_ visit: Visit) async throws -> Response {
        let cells = try TimeCells(visit.query)
        let camera = try await visit.camera()
        let size = Int64(LookBlock.cells)
        let (first, end) = (cells.first, cells.first + Int64(cells.count))
        var looks: [CellLook] = []
        looks.reserveCapacity(cells.count)
        for number in first / size...(end - 1) / size {
            try Task.checkCancellation()
            let block = LookBlock(camera: camera, level: cells.level, number: number)
            let all = try await self.looks(of: block)
            let start = number * size
            looks += all[Int(max(first, start) - start)..<Int(min(end, start + size) - start)]
        }
        var answer = JSONColumns()
        try answer.add(cells, of: camera)
        answer.add("brightness", column: looks.map(\.brightness))
        answer.add("changed_percent", column: looks.map(\.changedPercent))
        let predictions = looks.map(\.prediction)
        try answer.add("prediction", predictions.contains { $0 != nil } ? predictions : nil)
        return json(answer.object, to: visit)
    }

    /// What is over a minute ago is kept.
    private func looks(of block: LookBlock) async throws -> [CellLook] {
        let isOver = block.until < Timestamp.wallClock - .seconds(60)
        return try await answers.looks.value(block, isLasting: isOver) { [catalog] in
            try await catalog.looks(of: block.camera, from: block.from, step: block.step, cells: LookBlock.cells)
        }
    }
}
