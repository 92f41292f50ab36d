internal import Deduplication
package import GRDB
internal import NIOCore
internal import Vocabulary

/// Pictures by the SHA-256 of their bytes. Their reference counts are kept by the frame table's triggers.
package enum PictureTable {
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
