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

    /// The same of several: for each its picture, or why there is none. Those that lie in packs are not fetched.
    package static func checkedPictures(
        of frames: [ArchivedFrame], from pictures: ArchivePictures, archive path: String, in database: Database
    ) throws -> [Result<CheckedPicture, ArchiveError>] {
        try readings(of: frames, from: pictures, archive: path, in: database).map { reading in
            switch reading {
            case .settled(let picture): picture
            case .packed(let place, _, _): .failure(.offloaded(path: path, store: place.store))
            }
        }
    }

    /// The same of several: for each its picture, why there is none, or from where it is to be fetched when the look into the
    /// archive is over.
    package static func readings(
        of frames: [ArchivedFrame], from pictures: ArchivePictures, archive path: String, in database: Database
    ) throws -> [PictureReading] {
        try frames.map { frame in
            guard let record = try record(of: frame.sha256, in: database),
                let place = try pictures.place(of: record.content, in: database)
            else {
                return .settled(
                    .failure(.damaged(path: path, what: "the picture of frame \(frame.id) is missing")))
            }
            switch place {
            case .packed(let place): return .packed(place, stored: record.stored, frame: frame.id)
            case .elsewhere(let machine): return .settled(.failure(.elsewhere(path: path, machine: machine)))
            case .here(let bytes):
                guard SHA256Digest(hashing: bytes) == record.stored else {
                    return .settled(
                        .failure(
                            .damaged(path: path, what: "the picture of frame \(frame.id) is not what was stored")))
                }
                return .settled(.success(CheckedPicture(bytes: bytes, sha256: record.stored)))
            }
        }
    }
}
