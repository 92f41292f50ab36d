internal import Deduplication
internal import Foundation
package import GRDB
internal import NIOCore
internal import Vocabulary

/// Pictures by the SHA-256 of their bytes. Their reference counts are kept by the frame table's triggers.
package enum PictureTable {
    /// Stores the bytes unless they are there already.
    ///
    /// - Returns: whether they are new.
    static func insert(_ bytes: ByteBuffer, sha256: SHA256Digest, into database: Database) throws -> Bool {
        let picture = CheckedPicture(bytes: bytes, sha256: sha256)
        return try insert(picture, for: sha256, size: ByteCount(bytes.readableBytes), into: database)
    }

    /// Stores what stands for a captured picture: its own bytes, or those that it was made smaller to.
    ///
    /// - Parameters:
    ///   - sha256: of the picture as it was captured.
    ///   - size: of the picture as it was captured.
    /// - Returns: whether it is new.
    static func insert(
        _ stored: CheckedPicture, for sha256: SHA256Digest, size: ByteCount, into database: Database
    ) throws -> Bool {
        let key = sha256.data
        let isKnown = try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT 1 FROM picture WHERE sha256 = ?"), arguments: [key])
        if isKnown != nil { return false }

        let isSmaller = stored.sha256 != sha256
        let content = try database.cachedStatement(sql: "INSERT INTO picture_content (sha256, jpeg) VALUES (?, ?)")
        try stored.bytes.withUnsafeReadableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            // Arguments given to `execute` are bound for the time of the call only (SQLITE_STATIC): nothing is copied.
            let unowned = Data(
                bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count, deallocator: .none)
            try content.execute(arguments: [key, unowned])
        }
        try database.cachedStatement(
            sql: """
                INSERT INTO picture (sha256, bytes, content_id, reference_count, stored_sha256, stored_bytes)
                VALUES (?, ?, ?, 0, ?, ?)
                """
        ).execute(arguments: [
            key, size.bytes, database.lastInsertedRowID, isSmaller ? stored.sha256.data : nil,
            isSmaller ? stored.bytes.readableBytes : nil,
        ])
        return true
    }

    /// The bytes that are stored for the picture of this digest, and the digest that they should have; `nil` where there is
    /// no such picture.
    private static func stored(
        _ sha256: SHA256Digest, in database: Database
    ) throws -> (bytes: ByteBuffer, sha256: SHA256Digest)? {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT jpeg, coalesce(stored_sha256, picture.sha256) FROM picture
                    JOIN picture_content ON picture_content.id = picture.content_id WHERE picture.sha256 = ?
                    """), arguments: [sha256.data])
        // The row's bytes belong to SQLite, and last as long as the cursor.
        return try withExtendedLifetime(rows) {
            guard let row = try rows.next() else { return nil }
            let bytes = try row.withUnsafeData(atIndex: 0) { $0.map { ByteBuffer(bytes: $0) } }
            return (bytes ?? ByteBuffer(), try row.sha256(at: 1))
        }
    }

    /// The frame's picture, hashed again.
    ///
    /// - Throws: ``ArchiveError/damaged(path:what:)`` naming the frame where the bytes are missing or are no longer
    ///   what was stored.
    package static func checkedPicture(
        of frame: ArchivedFrame, archive path: String, in database: Database
    ) throws -> CheckedPicture {
        guard let stored = try stored(frame.sha256, in: database) else {
            throw ArchiveError.damaged(path: path, what: "the picture of frame \(frame.id) is missing")
        }
        guard SHA256Digest(hashing: stored.bytes) == stored.sha256 else {
            throw ArchiveError.damaged(path: path, what: "the picture of frame \(frame.id) is not what was stored")
        }
        return CheckedPicture(bytes: stored.bytes, sha256: stored.sha256)
    }
}
