internal import Foundation
internal import GRDB
internal import NIOCore
internal import Validation
internal import Vocabulary

/// The newest rejected bodies, for finding out what a camera sends.
enum QuarantineTable {
    /// At most this many bodies are kept.
    static let bodies = 64
    /// At most this many bytes of bodies are kept. One larger body keeps its verdict alone.
    static let bytes = 64 * 1024 * 1024

    static func insert(
        _ snapshot: Snapshot, _ rejection: FrameRejection, camera: Int64, into database: Database
    ) throws {
        let size = snapshot.bytes.readableBytes
        let kept = size <= bytes ? Data(snapshot.bytes.readableBytesView) : Data()
        try database.cachedStatement(
            sql: """
                INSERT INTO quarantine (camera_id, received_at, label, description, bytes, body)
                VALUES (?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            camera, snapshot.origin.receivedAt.milliseconds, rejection.label, rejection.description, size, kept,
        ])
        // The newest in front, with the bytes of all up to it: whatever is past either bound goes.
        try database.cachedStatement(
            sql: """
                DELETE FROM quarantine WHERE id IN (
                    SELECT id FROM (
                        SELECT id, row_number() OVER newest AS place, sum(length(body)) OVER newest AS total
                        FROM quarantine WINDOW newest AS (ORDER BY id DESC))
                    WHERE place > ? OR total > ?)
                """
        ).execute(arguments: [bodies, bytes])
    }
}
