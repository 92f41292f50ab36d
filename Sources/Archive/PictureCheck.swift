internal import Deduplication
internal import Foundation
internal import GRDB
internal import NIOCore
internal import Validation
internal import Vocabulary

/// Reads some pictures back, and holds each against its digest and the decoder.
enum PictureCheck {
    struct Entry: Sendable {
        let content: Int64
        let sha256: SHA256Digest
    }

    struct Result: Sendable {
        var suspects: ArchiveVerifier.Suspects = [:]
        var pictures = 0
        var frames = 0
        var bytes = ByteCount.zero
    }

    /// The next few pictures, in the order in which they lie in the file.
    static func entries(after content: Int64, in database: Database) throws -> [Entry] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT id, sha256 FROM picture_content WHERE id > ? ORDER BY id LIMIT 16"), arguments: [content])
        return try Array(rows.map { Entry(content: try $0.value(at: 0), sha256: try $0.sha256(at: 1)) })
    }

    static func check(_ entries: [Entry], _ database: any DatabaseReader) async throws -> Result {
        var result = Result()
        for entry in entries {
            try Task.checkCancellation()
            do {
                // `nil`: removed in the meantime, or an orphan, which another step tells of.
                guard let (bytes, stored, frames) = try await database.read({ try read(entry, $0) }) else { continue }
                result.pictures += 1
                result.frames += frames
                result.bytes += ByteCount(bytes.readableBytes)
                result.suspects[entry.sha256] = problem(of: bytes, stored)
            } catch let error as DatabaseError {
                result.pictures += 1
                result.suspects[entry.sha256] = "its picture cannot be read: \(error.message ?? "\(error.resultCode)")"
            }
        }
        return result
    }

    /// The bytes, and the digest that they should have.
    private static func read(
        _ entry: Entry, _ database: Database
    ) throws -> (ByteBuffer, SHA256Digest, frames: Int)? {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT content.jpeg, coalesce(stored_sha256, picture.sha256), picture.reference_count FROM picture_content AS content
                    JOIN picture ON picture.sha256 = content.sha256 AND picture.content_id = content.id
                    WHERE content.id = ?
                    """), arguments: [entry.content])
        // The row's bytes belong to SQLite, and last as long as the cursor.
        return try withExtendedLifetime(rows) {
            guard let row = try rows.next() else { return nil }
            let bytes = try row.withUnsafeData(atIndex: 0) { $0.map { ByteBuffer(bytes: $0) } }
            return (bytes ?? ByteBuffer(), try row.sha256(at: 1), try row.value(at: 2))
        }
    }

    private static func problem(of bytes: ByteBuffer, _ sha256: SHA256Digest) -> String? {
        guard SHA256Digest(hashing: bytes) == sha256 else { return "its picture is not what was stored" }
        do {
            _ = try FrameValidator.ofStoredPictures.validate(Snapshot(bytes: bytes, origin: origin))
            return nil
        } catch {
            return "its picture does not decode: \(error)"
        }
    }

    /// The validator wants to know where a snapshot is from; these are from the archive itself.
    private static let origin: SnapshotOrigin = {
        guard let camera = try? CameraName("archive") else { preconditionFailure("“archive” is a camera name") }
        return SnapshotOrigin(camera: camera, source: .imported, receivedAt: Timestamp(milliseconds: 0))
    }()
}
