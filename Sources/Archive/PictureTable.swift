internal import Deduplication
package import GRDB
internal import NIOCore
package import Vocabulary

/// What is on record of pictures, by the SHA-256 of their bytes as captured. Their reference counts are kept by the frame
/// table's triggers; the bytes themselves are in ``ArchivePictures``.
package enum PictureTable {
    /// What is on record of one.
    package struct Record: Sendable {
        /// The number of its content.
        package let content: Int64
        /// The digest that the stored bytes should have: its own, unless it was made smaller.
        package let stored: SHA256Digest
        /// How many frames show it.
        package let frames: Int
    }

    /// `nil` where there is no such picture.
    package static func record(of sha256: SHA256Digest, in database: Database) throws -> Record? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT content_id, coalesce(stored_sha256, sha256), reference_count FROM picture WHERE sha256 = ?
                    """), arguments: [sha256.data]
        ).map { Record(content: try $0.value(at: 0), stored: try $0.sha256(at: 1), frames: try $0.count(at: 2)) }
    }

    /// The number of a picture's content, by columns that every version of the schema has.
    package static func content(of sha256: SHA256Digest, in database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT content_id FROM picture WHERE sha256 = ?"), arguments: [sha256.data])
    }

    /// The frame's picture, hashed again.
    ///
    /// - Throws: ``ArchiveError/damaged(path:what:)`` naming the frame where the bytes are missing or are no longer
    ///   what was stored.
    package static func checkedPicture(
        of frame: ArchivedFrame, from pictures: ArchivePictures, archive path: String, in database: Database
    ) throws -> CheckedPicture {
        try checkedPictures(of: [frame], from: pictures, archive: path, in: database)[0].get()
    }

    /// The same of several: for each its picture, or why there is none.
    package static func checkedPictures(
        of frames: [ArchivedFrame], from pictures: ArchivePictures, archive path: String, in database: Database
    ) throws -> [Result<CheckedPicture, ArchiveError>] {
        let records = try frames.map { try record(of: $0.sha256, in: database) }
        var contents = try pictures.get(records.compactMap { $0?.content }, in: database)[...]
        return zip(frames, records).map { frame, record in
            guard let record, let bytes = contents.removeFirst() else {
                return .failure(.damaged(path: path, what: "the picture of frame \(frame.id) is missing"))
            }
            guard SHA256Digest(hashing: bytes) == record.stored else {
                return .failure(.damaged(path: path, what: "the picture of frame \(frame.id) is not what was stored"))
            }
            return .success(CheckedPicture(bytes: bytes, sha256: record.stored))
        }
    }
}
