internal import Vocabulary

/// Cells of one level of time: 250 ms × 2^level long, on one grid from 1970 on.
struct TimeCells: Hashable, Sendable {
    let level: Int
    /// The number of the first cell, from 1970 on.
    let first: Int64
    let count: Int

    static let levels: ClosedRange<Int> = 0...34
    /// The most cells of one answer.
    static let most = 4096

    /// The length of a level's cells, in milliseconds.
    static func step(of level: Int) -> Int64 { 250 << Int64(level) }

    var step: Int64 { Self.step(of: level) }
    var from: Timestamp { Timestamp(milliseconds: first * step) }
    var until: Timestamp { Timestamp(milliseconds: (first + Int64(count)) * step) }

    init(level: Int, first: Int64, count: Int) { (self.level, self.first, self.count) = (level, first, count) }

    /// A stretch of time, widened to whole cells.
    init(level: Int, from: Timestamp, until: Timestamp) throws(Problem) {
        let step = Self.step(of: level)
        first = from.milliseconds / step
        let end = (until.milliseconds + step - 1) / step
        guard end > first else { throw .badRequest("“until” is not after “from”.") }
        guard end - first <= Int64(Self.most) else {
            throw .badRequest("That is \(end - first) cells of level \(level); \(Self.most) are the most.")
        }
        (self.level, count) = (level, Int(end - first))
    }

    /// What a query asks for.
    init(_ query: Query) throws(Problem) {
        let level = try query.required("level", try query.number("level", in: Self.levels))
        let from = try query.required("from", try query.time("from"))
        try self.init(level: level, from: from, until: try query.required("until", try query.time("until")))
    }
}

extension JSONColumns {
    /// What every answer in cells says of them.
    mutating func add(_ cells: TimeCells, of camera: CameraName) throws {
        try add("camera", camera.text)
        try add("level", cells.level)
        try add("step_ms", cells.step)
        try add("from", cells.from.description)
        // Cells of years may end in a time that the API has no words for.
        try add("until", min(cells.until, Timestamp.plausible.upperBound).description)
        try add("cells", cells.count)
    }
}
