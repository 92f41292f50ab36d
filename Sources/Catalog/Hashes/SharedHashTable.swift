internal import Archive
internal import GRDB
internal import GRDBSQLite

/// Keeps the ``HashTable`` of an open catalog: filled by the first question for near frames, and brought up to date by the others.
actor SharedHashTable {
    private var table = HashTable()

    /// The table with every frame that was stored before the call.
    ///
    /// It is read block by block, so that no snapshot of the archive is held for longer than some milliseconds.
    func current(_ read: @escaping @Sendable (Int64, Int) async throws -> [HashedFrame]) async throws -> HashTable {
        while true {
            let wanted = table.room == 0 ? HashTable.blockSize : table.room
            let rows = try await read(table.last, wanted)
            table.append(rows)
            if rows.count < wanted { return table }
        }
    }
}

extension HashTable {
    /// The frames after one number, in the order of their numbers.
    static func rows(after last: Int64, limit: Int, in database: Database) throws -> [HashedFrame] {
        try rows("FROM frame WHERE frame.id > ? ORDER BY frame.id LIMIT ?", [last, limit], in: database)
    }

    /// The frames of a query that has no more than a few.
    static func few(_ query: FrameQuery, in database: Database) throws -> HashTable {
        let selection = FrameSelection(filtering: query)
        var table = HashTable()
        table.append(
            try rows(selection.fromFrames(query.index), selection.arguments, in: database).sorted { $0.id < $1.id })
        return table
    }

    private static func rows(
        _ selection: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [HashedFrame] {
        let statement = try database.cachedStatement(
            sql: "SELECT frame.id, frame.perceptual_hash, frame.captured_at, frame.camera_id \(selection)")
        let cursor = try Row.fetchCursor(statement, arguments: arguments)
        var rows: [HashedFrame] = []
        // Of millions of rows the numbers are taken from SQLite as they are.
        let row = statement.sqliteStatement
        while try cursor.next() != nil {
            rows.append(
                HashedFrame(
                    id: sqlite3_column_int64(row, 0), hash: UInt64(bitPattern: sqlite3_column_int64(row, 1)),
                    capturedAt: sqlite3_column_int64(row, 2),
                    camera: Int32(truncatingIfNeeded: sqlite3_column_int64(row, 3))))
        }
        return rows
    }
}
