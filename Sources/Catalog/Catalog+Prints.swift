internal import GRDB
internal import Vocabulary

extension Catalog {
    /// The print jobs, in the query's order.
    ///
    /// Their frames are not counted one by one: totals are kept with the prints, and only the few frames that these do not
    /// hold yet are counted.
    public func prints(_ query: PrintQuery = PrintQuery()) async throws -> [ArchivedPrint] {
        try await read(query.prints)
    }

    /// One print; `nil` where there is no such print.
    public func print(_ id: Int64) async throws -> ArchivedPrint? {
        try await read { database in
            try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT \(ArchivedPrint.columns) FROM print CROSS JOIN camera ON camera.id = print.camera_id
                        WHERE print.id = ?
                        """), arguments: [id]
            ).map { try ArchivedPrint($0) }
        }
    }
}

extension PrintQuery {
    func prints(in database: Database) throws -> [ArchivedPrint] {
        let (selection, arguments) = selection
        let statement = try database.cachedStatement(sql: "SELECT \(ArchivedPrint.columns) \(selection)")
        return try Array(Row.fetchCursor(statement, arguments: arguments).map { try ArchivedPrint($0) })
    }

    private var selection: (sql: String, arguments: StatementArguments) {
        var conditions: [String] = []
        var arguments = StatementArguments()
        func require(_ condition: String, _ values: (any DatabaseValueConvertible)?...) {
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        if let camera { require("camera.name = ?", camera.text) }
        if let since { require("(print.ended_at IS NULL OR print.ended_at >= ?)", since.milliseconds) }
        if let until { require("print.started_at < ?", until.milliseconds) }
        if let name { require("instr(lower(print.name), lower(?)) > 0", name) }
        if let before { require("print.id < ?", before) }
        if !states.isEmpty {
            conditions.append("print.state IN (\(states.map { _ in "?" }.joined(separator: ", ")))")
            arguments += StatementArguments(states.map(\.rawValue).sorted())
        }
        if let after { require(order.place, after.rank, after.id) }
        var sql = "FROM print CROSS JOIN camera ON camera.id = print.camera_id"
        if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
        // SQLite takes a negative limit for none.
        return (sql + " ORDER BY \(order.terms) LIMIT ?", arguments + [limit.map { max(0, $0) } ?? -1])
    }
}

extension ArchivedPrint {
    /// The columns of ``init(_:)``, in its order. Each question about frames is one search in the prints' index.
    fileprivate static let columns = """
        print.id, camera.name, print.number, print.name, print.state, print.told_by, print.started_at, print.ended_at,
        \(frameCount), \(byteCount),
        (SELECT min(captured_at) FROM frame INDEXED BY frame_by_print WHERE print_id = print.id),
        (SELECT max(captured_at) FROM frame INDEXED BY frame_by_print WHERE print_id = print.id),
        print.excluded, print.pinned, print.note
        """

    static let frameCount = "print.frames + (SELECT count(*) \(fresh))"
    static let byteCount = "print.bytes + (SELECT CAST(total(bytes) AS INTEGER) \(fresh))"

    /// The few frames that the totals kept with a print do not hold yet.
    private static let fresh = """
        FROM frame INDEXED BY frame_by_print WHERE print_id = print.id
        AND captured_at >= (SELECT totals_until FROM archive_info)
        """

    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.value(at: 0), camera: try row.cameraName(at: 1), number: try row.value(at: 2),
            name: try row.value(at: 3), state: try row.word(at: 4), toldBy: try row.word(at: 5),
            startedAt: try row.timestamp(at: 6), endedAt: try row.timestampIfAny(at: 7), frames: try row.count(at: 8),
            bytes: try row.byteCount(at: 9), firstCapturedAt: try row.timestampIfAny(at: 10),
            lastCapturedAt: try row.timestampIfAny(at: 11), excluded: try row.value(at: 12),
            pinned: try row.value(at: 13), note: try row.value(at: 14))
    }
}
