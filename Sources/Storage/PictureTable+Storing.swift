package import Archive
package import GRDB
package import NIOCore
package import Vocabulary

extension PictureTable {
    /// Stores the bytes unless they are there already.
    ///
    /// - Returns: whether they are new.
    package static func insert(
        _ bytes: ByteBuffer, sha256: SHA256Digest, into pictures: ArchivePictures, _ database: Database
    ) throws -> Bool {
        let picture = CheckedPicture(bytes: bytes, sha256: sha256)
        return try insert(picture, for: sha256, size: ByteCount(bytes.readableBytes), into: pictures, database)
    }

    /// Stores what stands for a captured picture: its own bytes, or those that it was made smaller to.
    ///
    /// - Parameters:
    ///   - sha256: of the picture as it was captured.
    ///   - size: of the picture as it was captured.
    /// - Returns: whether it is new.
    package static func insert(
        _ stored: CheckedPicture, for sha256: SHA256Digest, size: ByteCount, into pictures: ArchivePictures,
        _ database: Database
    ) throws -> Bool {
        let key = sha256.data
        let isKnown = try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT 1 FROM picture WHERE sha256 = ?"), arguments: [key])
        if isKnown != nil { return false }

        let isSmaller = stored.sha256 != sha256
        let content = try pictures.put(stored.bytes, of: sha256, in: database)
        try database.cachedStatement(
            sql: """
                INSERT INTO picture (sha256, bytes, content_id, reference_count, stored_sha256, stored_bytes)
                VALUES (?, ?, ?, 0, ?, ?)
                """
        ).execute(arguments: [
            key, size.bytes, content, isSmaller ? stored.sha256.data : nil,
            isSmaller ? stored.bytes.readableBytes : nil,
        ])
        return true
    }
}
