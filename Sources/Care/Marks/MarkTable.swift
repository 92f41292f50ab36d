internal import Archive
internal import GRDB
internal import Vocabulary

/// Marks in the tables of frames and prints.
enum MarkTable {
    /// How many frames are marked in one transaction: some milliseconds of work.
    static let pageSize = 256

    /// The numbers of the frames, in order. Only an index is read.
    ///
    /// - Throws: ``ArchiveError/noSuchFrame(_:)`` for a single one that is not there, ``ArchiveError/noSuchFrames`` where
    ///   there are none at all, unless it is a print that has none yet.
    static func ids(of frames: MarkedFrames, in database: Database) throws -> [Int64] {
        switch frames {
        case .numbers(let ranges):
            return try Set(ranges.flatMap { try ids(in: $0, database) }).sorted()
        case .captured(let camera, let since, let until):
            let stretch: StatementArguments = [since?.milliseconds ?? .min, until?.milliseconds ?? .max]
            let ids =
                if let camera {
                    try Int64.fetchAll(
                        database.cachedStatement(
                            sql: """
                                SELECT id FROM frame INDEXED BY frame_by_camera WHERE captured_at >= ? AND captured_at < ?
                                AND camera_id = (SELECT id FROM camera WHERE name = ?)
                                """), arguments: stretch + [camera.text])
                } else {
                    try Int64.fetchAll(
                        database.cachedStatement(
                            sql: """
                                SELECT id FROM frame INDEXED BY frame_by_time WHERE captured_at >= ? AND captured_at < ?
                                """), arguments: stretch)
                }
            guard !ids.isEmpty else { throw ArchiveError.noSuchFrames }
            return ids
        case .print(let print):
            return try Int64.fetchAll(
                database.cachedStatement(sql: "SELECT id FROM frame INDEXED BY frame_by_print WHERE print_id = ?"),
                arguments: [print])
        }
    }

    private static func ids(in range: ClosedRange<FrameID>, _ database: Database) throws -> [Int64] {
        let (first, last) = (range.lowerBound, range.upperBound)
        let ids = try Int64.fetchAll(
            database.cachedStatement(sql: "SELECT id FROM frame WHERE id BETWEEN ? AND ?"),
            arguments: [first.number, last.number])
        if ids.isEmpty { throw first == last ? ArchiveError.noSuchFrame(first) : .noSuchFrames }
        return ids
    }

    /// - Throws: ``ArchiveError/followed(camera:machine:)`` where one of the frames belongs to another machine.
    static func requireOwn(_ ids: [Int64], in database: Database) throws {
        guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM followed_camera)") ?? false else { return }
        let statement = try database.cachedStatement(sql: "SELECT camera_id FROM frame WHERE id = ?")
        var own: Set<Int64> = []
        for id in ids {
            guard let camera = try Int64.fetchOne(statement, arguments: [id]), !own.contains(camera) else { continue }
            try FollowedTable.requireOwn(camera: camera, in: database)
            own.insert(camera)
        }
    }

    /// The same of a print; one that is not there is nobody's.
    static func requireOwn(print: Int64, in database: Database) throws {
        let camera = try Int64.fetchOne(database, sql: "SELECT camera_id FROM print WHERE id = ?", arguments: [print])
        if let camera { try FollowedTable.requireOwn(camera: camera, in: database) }
    }

    /// Those of the frames that do not have the mark.
    static func unmarked(_ ids: ArraySlice<Int64>, _ mark: FrameMark, in database: Database) throws -> [Int64] {
        let statement = try database.cachedStatement(
            sql: "SELECT 1 FROM frame WHERE id = ? AND \(mark.column) IS NOT ?")
        return try ids.filter { try Bool.fetchOne(statement, arguments: [$0, mark.value]) != nil }
    }

    /// - Returns: how many frames are marked that were not; some may have been removed meanwhile.
    static func set(_ mark: FrameMark, of ids: [Int64], in database: Database) throws -> Int {
        let statement = try database.cachedStatement(
            sql: "UPDATE frame SET \(mark.column) = ?2 WHERE id = ?1 AND \(mark.column) IS NOT ?2")
        return try ids.reduce(0) { count, id in
            try statement.execute(arguments: [id, mark.value])
            return count + database.changesCount
        }
    }

    /// - Throws: ``ArchiveError/noSuchPrint(_:)``
    static func set(_ mark: FrameMark, ofPrint print: Int64, in database: Database) throws {
        try database.cachedStatement(sql: "UPDATE print SET \(mark.column) = ? WHERE id = ?")
            .execute(arguments: [mark.value, print])
        guard database.changesCount == 1 else { throw ArchiveError.noSuchPrint(print) }
    }
}

extension FrameMark {
    /// The column that holds it, in both tables.
    fileprivate var column: String {
        switch self {
        case .excluded: "excluded"
        case .pinned: "pinned"
        case .note: "note"
        }
    }

    fileprivate var value: any DatabaseValueConvertible {
        switch self {
        case .excluded(let isSet), .pinned(let isSet): isSet
        case .note(let note): note?.text.databaseValue ?? .null
        }
    }
}
