internal import Archive
internal import Deduplication
internal import Foundation
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

    /// Bytes of the archive itself that turn out to be the picture: the record of the picture or of the content is
    /// damaged, and not the content.
    func ownContents(_ orphans: [PictureWalk.Entry], in database: Database) throws -> [ByteBuffer] {
        let own = try Int64.fetchAll(
            database, sql: "SELECT content_id FROM picture WHERE sha256 = ?", arguments: [sha256.data])
        return try (own + orphans.filter { $0.sha256 == sha256 }.map(\.content)).compactMap { content in
            let rows = try Row.fetchCursor(
                database, sql: "SELECT jpeg FROM picture_content WHERE id = ?", arguments: [content])
            return try withExtendedLifetime(rows) {
                try rows.next()?.withUnsafeData(atIndex: 0) { $0.map { ByteBuffer(bytes: $0) } }
            }
        }
    }

    /// Puts the bytes in the picture's place.
    ///
    /// - Parameter anew: leaves the row that holds the damaged content alone, because SQLite cannot find its way in it.
    func replace(by bytes: ByteBuffer, digest: SHA256Digest, anew: Bool, in database: Database) throws {
        let content = try Int64.fetchOne(
            database, sql: "SELECT content_id FROM picture WHERE sha256 = ?", arguments: [sha256.data])
        let data = Data(bytes.readableBytesView)
        if let content, !anew {
            // The content there may say that it is of another picture: a damaged digest, unless that picture says so, too.
            try database.execute(
                sql: """
                    UPDATE picture_content SET sha256 = ?1, jpeg = ?2
                    WHERE id = ?3 AND (sha256 = ?1 OR NOT EXISTS (
                        SELECT 1 FROM picture
                        WHERE picture.sha256 = picture_content.sha256 AND picture.content_id = picture_content.id))
                    """, arguments: [sha256.data, data, content])
        }
        if content == nil || anew || database.changesCount == 0 {
            try database.execute(
                sql: "INSERT INTO picture_content (sha256, jpeg) VALUES (?, ?)", arguments: [sha256.data, data])
            try refer(to: database.lastInsertedRowID, bytes: data.count, isKnown: content != nil, in: database)
        }
        if digest == sha256 {
            try database.execute(
                sql: "UPDATE picture SET stored_sha256 = NULL, stored_bytes = NULL WHERE sha256 = ?",
                arguments: [sha256.data])
        }
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
