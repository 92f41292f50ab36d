internal import Archive
internal import Deduplication
internal import GRDB
internal import NIOCore
internal import Vocabulary

/// The changes that put one picture right, each within one short transaction.
struct PictureMending: Sendable {
    let sha256: SHA256Digest
    /// The frames that show it, as far as they are known, and the newest frame at that time: later ones are looked for.
    let frames: [FrameID]
    let newest: FrameID

    /// What the bytes of the picture may hash to: the original, and the smaller form that took its place.
    func digests(in database: Database) throws -> [SHA256Digest] {
        let stored = try Row.fetchOne(
            database, sql: "SELECT stored_sha256 FROM picture WHERE sha256 = ? AND stored_sha256 IS NOT NULL",
            arguments: [sha256.data])
        return try [sha256] + (stored.map { [try $0.sha256(at: 0)] } ?? [])
    }

    /// Bytes in the archive's own file that turn out to be the picture: the record of the picture or of the content is
    /// damaged, and not the content.
    func ownContents(
        _ orphans: [StoredPicture], in pictures: ArchivePictures, _ database: Database
    ) throws -> [ByteBuffer] {
        let own = try PictureTable.content(of: sha256, in: database).map { [$0] } ?? []
        return try (own + orphans.filter { $0.sha256 == sha256 }.map(\.content))
            .compactMap { try pictures.getHere($0, in: database) }
    }

    /// Puts the bytes in the picture's place.
    ///
    /// - Parameter anew: leaves the content that is damaged alone, because nobody finds their way in it.
    func replace(
        by bytes: ByteBuffer, digest: SHA256Digest, anew: Bool, in pictures: ArchivePictures, _ database: Database
    ) throws {
        let content = try PictureTable.content(of: sha256, in: database)
        if let content, !anew, try isOwn(content, in: pictures, database) {
            try pictures.delete(content, in: database)
        }
        let new = try pictures.put(bytes, of: sha256, in: database)
        try refer(to: new, bytes: bytes.readableBytes, isKnown: content != nil, in: database)
        if digest == sha256 {
            try database.execute(
                sql: "UPDATE picture SET stored_sha256 = NULL, stored_bytes = NULL WHERE sha256 = ?",
                arguments: [sha256.data])
        }
    }

    /// The content may say that it is of another picture: a damaged digest, unless that picture says so, too.
    private func isOwn(_ content: Int64, in pictures: ArchivePictures, _ database: Database) throws -> Bool {
        guard let owner = try pictures.picture(of: content, in: database) else { return false }
        return try owner == sha256 || PictureTable.content(of: owner, in: database) != content
    }

    private func refer(to content: Int64, bytes: Int, isKnown: Bool, in database: Database) throws {
        guard !isKnown else {
            return try database.execute(
                sql: "UPDATE picture SET content_id = ? WHERE sha256 = ?", arguments: [content, sha256.data])
        }
        let ids = frames.map { "\($0.number)" }.joined(separator: ",")
        let shown = try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM frame
                WHERE sha256 = ?1 AND (id > ?2 OR id IN (SELECT value FROM json_each('[' || ?3 || ']')))
                """, arguments: [sha256.data, newest.number, ids])
        try database.execute(
            sql: "INSERT INTO picture (sha256, bytes, content_id, reference_count) VALUES (?, ?, ?, ?)",
            arguments: [sha256.data, bytes, content, shown ?? 0])
    }
}
