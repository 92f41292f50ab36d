internal import Archive
internal import GRDB
internal import Vocabulary

extension FrameQuery {
    /// Up to so many frames are ranked by sorting them; to find the first of more, the ranking's index is walked.
    static let fewFrames = 4096

    /// The records of a ranked list.
    func ranked(by ranking: FrameRanking, in database: Database) throws -> [ArchivedFrame] {
        guard try hasMany(in: database) else { return try sorted(by: ranking, in: database) }
        return try limitedToPrintsTime(in: database).walking(ranking, in: database)
    }

    /// Whether the query has more frames than can be looked at one by one. At most so many entries of an index are read.
    func hasMany(in database: Database) throws -> Bool {
        let selection = FrameSelection(filtering: self)
        let count = try Int.fetchOne(
            database.cachedStatement(sql: "SELECT count(*) FROM (SELECT 1 \(selection.fromFrames(index)) LIMIT ?)"),
            arguments: selection.arguments + [Self.fewFrames + 1])
        return (count ?? 0) > Self.fewFrames
    }

    private func sorted(by ranking: FrameRanking, in database: Database) throws -> [ArchivedFrame] {
        var selection = FrameSelection(filtering: self)
        selection.require(ranking.condition)
        if let after {
            let (later, following) = (ranking.isDescending ? "<" : ">", order == .oldestFirst ? ">" : "<")
            selection.require(
                """
                (\(ranking.column) \(later) ? OR \(ranking.column) = ?
                    AND (frame.captured_at, frame.id) \(following) (?, ?))
                """, after.rank, after.rank, after.capturedAt.milliseconds, after.id.number)
        }
        let direction = ranking.isDescending ? "DESC" : "ASC"
        let sql = """
            SELECT \(FrameTable.columns) \(selection.from(index))
            ORDER BY \(ranking.column) \(direction), \(order.terms) LIMIT ?
            """
        return try records(sql, selection.arguments + [limit.map { max(0, $0) } ?? -1], in: database)
    }

    /// Value by value of the ranking: each is one search in its index, which has the frames of a value by time.
    private func walking(_ ranking: FrameRanking, in database: Database) throws -> [ArchivedFrame] {
        var levels = ranking.levels[...]
        if let rank = after?.rank { levels = levels.drop { $0 != rank } }
        var frames: [ArchivedFrame] = []
        for level in levels {
            let remaining = max(0, limit ?? .max) - frames.count
            guard remaining > 0 else { break }
            var selection = FrameSelection(filtering: self)
            selection.require(ranking.condition)
            selection.require("\(ranking.column) = ?", level)
            if let after, level == after.rank { selection.require(after: after, in: order) }
            let sql = "SELECT \(FrameTable.columns) \(selection.from(ranking.index)) ORDER BY \(order.terms) LIMIT ?"
            frames += try records(sql, selection.arguments + [remaining], in: database)
        }
        return frames
    }

    /// A print's frames lie in its time, which the rankings' indexes can be searched by; they know no prints.
    func limitedToPrintsTime(in database: Database) throws -> FrameQuery {
        guard let print else { return self }
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT (SELECT min(captured_at) FROM frame INDEXED BY frame_by_print WHERE print_id = ?1),
                        (SELECT max(captured_at) FROM frame INDEXED BY frame_by_print WHERE print_id = ?1)
                    """), arguments: [print])
        guard let first = try row?.timestampIfAny(at: 0), let last = try row?.timestampIfAny(at: 1) else { return self }
        var query = self
        query.since = max(first, since ?? first)
        query.until = min(last + .milliseconds(1), until ?? .init(milliseconds: .max))
        return query
    }

    private func records(
        _ sql: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [ArchivedFrame] {
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        return try Array(rows.map { try ArchivedFrame($0) })
    }
}
