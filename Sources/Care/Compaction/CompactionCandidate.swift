internal import Archive
internal import Deduplication
internal import Foundation
internal import GRDB
internal import NIOCore
internal import Vocabulary

/// A picture that was not coded anew yet, by a frame that shows it.
struct CompactionCandidate: Sendable {
    let frame: FrameID
    let sha256: SHA256Digest
    let content: Int64
    let bytes: ByteCount

    /// What has become of one.
    enum Result: Sendable {
        case shrunk(CompactPicture)
        /// It cannot be made smaller.
        case asSmallAsItGets
        case leftAlone(problem: String)
        /// It was removed in the meantime.
        case gone
    }

    /// Reads the picture, and codes it anew.
    func shrink(_ database: any DatabaseReader) async throws -> Result {
        guard let original = try await database.read({ try storedBytes(in: $0) }) else { return .gone }
        guard SHA256Digest(hashing: original) == sha256 else {
            return .leftAlone(problem: "its picture is not what was stored; “printlapse verify” tells more")
        }
        guard ByteCount(original.readableBytes) == bytes else {
            return .leftAlone(problem: "its picture has another size than is on record; “printlapse verify” tells more")
        }
        do throws(UnprovenPicture) {
            return try CompactPicture(of: original).map { .shrunk($0) } ?? .asSmallAsItGets
        } catch {
            return .leftAlone(problem: "its picture coded anew is not proven to be the same: \(error.reason)")
        }
    }

    private func storedBytes(in database: Database) throws -> ByteBuffer? {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT jpeg FROM picture JOIN picture_content ON picture_content.id = picture.content_id
                    WHERE picture.sha256 = ? AND content_id = ? AND stored_bytes IS NULL
                    """), arguments: [sha256.data, content])
        // The row's bytes belong to SQLite, and last as long as the cursor.
        return try withExtendedLifetime(rows) {
            try rows.next().map { row in
                try row.withUnsafeData(atIndex: 0) { $0.map { ByteBuffer(bytes: $0) } } ?? ByteBuffer()
            }
        }
    }

    /// Stores the new bytes instead of the original. The original's digest and size stay on record.
    ///
    /// They go into a row of their own behind all others, and not in the original's place: of a picture of many pages a part is
    /// in a page that it shares with its neighbours, and there what is saved would lie about in crumbs that nobody gets back.
    ///
    /// - Returns: `false` where the picture was removed or replaced since it was read.
    func replace(by picture: CompactPicture, in database: Database) throws -> Bool {
        guard try note(sha256: picture.sha256, bytes: picture.bytes.readableBytes, in: database) else { return false }
        let statement = try database.cachedStatement(sql: "INSERT INTO picture_content (sha256, jpeg) VALUES (?, ?)")
        try picture.bytes.withUnsafeReadableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            // Arguments given to `execute` are bound for the time of the call only (SQLITE_STATIC): nothing is copied.
            let unowned = Data(
                bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count, deallocator: .none)
            try statement.execute(arguments: [sha256.data, unowned])
        }
        try refer(to: database.lastInsertedRowID, in: database)
        return true
    }

    /// Moves a picture that stays as it is behind all others as well, out of a page that its neighbours have left.
    func move(in database: Database) throws {
        try database.cachedStatement(
            sql: "INSERT INTO picture_content (sha256, jpeg) SELECT sha256, jpeg FROM picture_content WHERE id = ?"
        ).execute(arguments: [content])
        if database.changesCount == 1 { try refer(to: database.lastInsertedRowID, in: database) }
    }

    private func refer(to new: Int64, in database: Database) throws {
        try database.cachedStatement(sql: "UPDATE picture SET content_id = ? WHERE sha256 = ?")
            .execute(arguments: [new, sha256.data])
        try database.cachedStatement(sql: "DELETE FROM picture_content WHERE id = ?").execute(arguments: [content])
    }

    /// Notes that there is nothing to gain, so that nobody tries again.
    func keepAsItIs(in database: Database) throws -> Bool {
        try note(sha256: nil, bytes: Int(bytes.bytes), in: database)
    }

    private func note(sha256 stored: SHA256Digest?, bytes: Int, in database: Database) throws -> Bool {
        try database.cachedStatement(
            sql: """
                UPDATE picture SET stored_sha256 = ?, stored_bytes = ?
                WHERE sha256 = ? AND content_id = ? AND stored_bytes IS NULL
                """
        ).execute(arguments: [stored?.data, bytes, sha256.data, content])
        return database.changesCount == 1
    }
}
