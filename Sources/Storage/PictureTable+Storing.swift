package import Archive
package import GRDB
package import NIOCore
package import Vocabulary

extension PictureTable {
    /// Stores the bytes unless they are here already.
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
        let isSmaller = stored.sha256 != sha256
        let known = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT content_id, \(PackTable.isPacked(contentIn: "content_id")) FROM picture WHERE sha256 = ?"),
            arguments: [key])
        if let known {
            guard try known.value(at: 1) as Bool else { return false }
            // It comes back: with the bytes at hand it is here again, so that a camera's newest picture never has to be fetched.
            try pictures.bringBack(try known.value(at: 0), stored.bytes, in: database)
            try database.cachedStatement(sql: "UPDATE picture SET stored_sha256 = ?, stored_bytes = ? WHERE sha256 = ?")
                .execute(arguments: [
                    isSmaller ? stored.sha256.data : nil, isSmaller ? stored.bytes.readableBytes : nil, key,
                ])
            return false
        }
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
