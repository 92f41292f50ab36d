internal import Foundation
package import GRDB
internal import GRDBSQLite
package import NIOCore
package import Vocabulary

/// Pictures as values in the archive's own file, in a table apart, so that lists never read them; and, of those that lie in packs,
/// where they do.
///
/// One transaction has a picture and all that is said of it: nothing else needs to be synced or tidied up.
package struct PictureContents: PictureStore {
    private let path: String

    package init(ofArchive path: String) { self.path = path }

    package func put(_ bytes: ByteBuffer, of picture: SHA256Digest, in database: Database) throws -> Int64 {
        try insert(bytes, of: picture, as: nil, in: database)
        return database.lastInsertedRowID
    }

    /// The next number behind all contents, here and in packs; `NULL`, for which SQLite takes any that is free, where a damaged
    /// number is the highest there can be.
    private static let next = """
        (SELECT CASE WHEN last < \(Int64.max) THEN last + 1 END FROM (
            SELECT max(coalesce((SELECT max(id) FROM picture_content), 0),
                coalesce((SELECT max(id) FROM packed_content), 0),
                coalesce((SELECT max(id) FROM followed_content), 0)) AS last))
        """

    /// - Parameter content: its number; `nil` for the next one.
    private func insert(
        _ bytes: ByteBuffer, of picture: SHA256Digest, as content: Int64?, in database: Database
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO picture_content (id, sha256, jpeg) SELECT \(content == nil ? Self.next : "?3"), ?1, ?2
                """)
        try bytes.withUnsafeReadableBytes { bytes in
            // Arguments given to `execute` are bound for the time of the call only (SQLITE_STATIC): nothing is copied.
            let unowned = bytes.baseAddress.map {
                Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: $0), count: bytes.count, deallocator: .none)
            }
            var arguments: StatementArguments = [picture.data, unowned ?? Data()]
            if let content { arguments += [content] }
            try statement.execute(arguments: arguments)
        }
    }

    /// Numbers a content that another machine has.
    package func putElsewhere(_ picture: SHA256Digest, machine: Int64, in database: Database) throws -> Int64 {
        try database.cachedStatement(
            sql: "INSERT INTO followed_content (id, sha256, machine_id) SELECT \(Self.next), ?, ?"
        ).execute(arguments: [picture.data, machine])
        return database.lastInsertedRowID
    }

    package func put(_ pictures: [NewContent], in database: Database) throws -> [Int64] {
        let packing = LeafPacking(pageSize: try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 4096)
        var contents = Array(repeating: Int64(0), count: pictures.count)
        for place in packing.order(ofLengths: pictures.map(\.bytes.readableBytes)) {
            contents[place] = try put(pictures[place].bytes, of: pictures[place].sha256, in: database)
        }
        return contents
    }

    package func get(_ content: Int64, in database: Database) throws -> ByteBuffer? {
        switch try place(of: content, in: database) {
        case .here(let bytes): bytes
        case .packed(let place): throw ArchiveError.offloaded(path: path, store: place.store)
        case .elsewhere(let machine): throw ArchiveError.elsewhere(path: path, machine: machine)
        case nil: nil
        }
    }

    package func place(of content: Int64, in database: Database) throws -> PicturePlace? {
        if let bytes = try getHere(content, in: database) { return .here(bytes) }
        return try PackTable.place(of: content, in: database).map { .packed($0) }
            ?? FollowedTable.place(of: content, in: database)
    }

    package func moveOut(
        _ content: Int64, to range: Range<Int64>, ofPack pack: Int64, orientation: Int, in database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO packed_content (id, sha256, pack_id, start, bytes, orientation)
                SELECT id, sha256, ?, ?, ?, ? FROM picture_content WHERE id = ?
                """
        ).execute(arguments: [pack, range.lowerBound, range.count, orientation, content])
        try database.cachedStatement(sql: "DELETE FROM picture_content WHERE id = ?").execute(arguments: [content])
    }

    package func bringBack(_ content: Int64, _ bytes: ByteBuffer, in database: Database) throws {
        guard let sha256 = try picture(of: content, in: database) else { return }
        // Together: nothing may be in both.
        for table in ["packed_content", "followed_content"] {
            try database.cachedStatement(sql: "DELETE FROM \(table) WHERE id = ?").execute(arguments: [content])
        }
        try insert(bytes, of: sha256, as: content, in: database)
    }

    package func getHere(_ content: Int64, in database: Database) throws -> ByteBuffer? {
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT jpeg FROM picture_content WHERE id = ?"), arguments: [content])
        // The row's bytes belong to SQLite, and last as long as the cursor.
        return try withExtendedLifetime(rows) {
            try rows.next().map { row in
                try row.withUnsafeData(atIndex: 0) { $0.map { ByteBuffer(bytes: $0) } } ?? ByteBuffer()
            }
        }
    }

    package func heads(of contents: [Int64], count: Int, in database: Database) throws -> [Int64: ByteBuffer] {
        var reader = HeadReader(database)
        defer { reader.close() }
        return contents.reduce(into: [:]) { heads, content in heads[content] = reader.head(of: content, count: count) }
    }

    package func picture(of content: Int64, in database: Database) throws -> SHA256Digest? {
        for table in ["picture_content", "packed_content", "followed_content"] {
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT sha256 FROM \(table) WHERE id = ?"), arguments: [content])
            if let row { return try row.sha256(at: 0) }
        }
        return nil
    }

    /// The picture of a content that is in the archive itself; `nil` where there is none, or it lies elsewhere.
    package static func pictureHere(of content: Int64, in database: Database) throws -> SHA256Digest? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT sha256 FROM picture_content WHERE id = ?"), arguments: [content]
        ).map { try $0.sha256(at: 0) }
    }

    package func walk(after content: Int64?, limit: Int, in database: Database) throws -> [StoredPicture] {
        var arguments: StatementArguments = ["limit": limit]
        if let content { arguments += ["last": content] }
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT id, sha256 FROM picture_content \(content == nil ? "" : "WHERE id > :last")
                    UNION ALL SELECT id, sha256 FROM packed_content \(content == nil ? "" : "WHERE id > :last")
                    ORDER BY id LIMIT :limit
                    """), arguments: arguments)
        return try Array(rows.map { StoredPicture(content: try $0.value(at: 0), sha256: try $0.sha256(at: 1)) })
    }

    package func delete(_ content: Int64, in database: Database) throws {
        for table in ["picture_content", "packed_content", "followed_content"] {
            try database.cachedStatement(sql: "DELETE FROM \(table) WHERE id = ?").execute(arguments: [content])
        }
    }

    /// The schema's triggers have done it: a content goes with its picture's record.
    package func deleteUnrecorded(_ pictures: [SHA256Digest], in database: Database) throws {}

    package static func size(ofContentIn column: String) -> String {
        """
        coalesce((SELECT length(jpeg) FROM picture_content WHERE id = \(column)),
            (SELECT bytes FROM packed_content WHERE id = \(column)))
        """
    }

    package static var tables: [String] { ["picture_content"] }
}

/// Reads the beginnings of stored pictures by SQLite's way to a part of a value: a query would load all of it.
private struct HeadReader {
    private let connection: SQLiteConnection?
    private var handle: OpaquePointer?

    init(_ database: Database) { connection = database.sqliteConnection }

    /// `nil` where there is no such picture.
    mutating func head(of content: Int64, count: Int) -> ByteBuffer? {
        let isOpen =
            if let handle {
                sqlite3_blob_reopen(handle, content) == SQLITE_OK
            } else {
                sqlite3_blob_open(connection, "main", "picture_content", "jpeg", content, 0, &handle) == SQLITE_OK
            }
        guard isOpen else {
            close()
            return nil
        }
        let length = min(count, Int(sqlite3_blob_bytes(handle)))
        var isRead = false
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { bytes, filled in
            isRead = sqlite3_blob_read(handle, bytes.baseAddress, Int32(length), 0) == SQLITE_OK
            filled = isRead ? length : 0
        }
        return isRead ? ByteBuffer(bytes: bytes) : nil
    }

    mutating func close() {
        sqlite3_blob_close(handle)
        handle = nil
    }
}
