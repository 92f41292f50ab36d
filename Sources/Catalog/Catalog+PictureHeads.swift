internal import GRDB
internal import GRDBSQLite
public import NIOCore
public import Vocabulary

extension Catalog {
    /// The first bytes of these frames' pictures, as they are stored: no more of a picture is read than that. Frames that are
    /// not there, or whose pictures are not, are left out; whether a picture is sound is not looked at.
    ///
    /// - Parameter count: so many bytes of each, or all where it has fewer.
    public func pictureHeads(of ids: [FrameID], count: Int) async throws -> [FrameID: ByteBuffer] {
        let numbers = "[\(ids.map(\.description).joined(separator: ","))]"
        return try await read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT frame.id, picture.content_id FROM json_each(?) AS wanted
                    CROSS JOIN frame ON frame.id = wanted.value JOIN picture ON picture.sha256 = frame.sha256
                    """)
            let rows = try Row.fetchAll(statement, arguments: [numbers])
            var reader = PictureHeadReader(database)
            defer { reader.close() }
            return try rows.reduce(into: [:]) { heads, row in
                heads[FrameID(try row.value(at: 0))] = reader.head(of: try row.value(at: 1), count: count)
            }
        }
    }
}

/// Reads the beginnings of stored pictures by SQLite's way to a part of a value: a query would load all of it.
private struct PictureHeadReader {
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
