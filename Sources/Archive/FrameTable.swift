package import GRDB
package import Vocabulary

/// The frames' records.
package enum FrameTable {
    /// The columns of ``ArchivedFrame/init(_:)``; `frame` and `camera` are the tables' names in the query.
    package static let columns = FrameColumn.selection

    /// Selects all records, up to where the conditions begin.
    private static let selecting = "SELECT \(columns) FROM frame JOIN camera ON camera.id = frame.camera_id"

    package static func frame(_ id: FrameID, in database: Database) throws -> ArchivedFrame? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: "\(selecting) WHERE frame.id = ?"),
            arguments: [id.number]
        ).map { try ArchivedFrame($0) }
    }

    /// The frame of a camera that shows this picture and was captured at this instant.
    package static func frame(
        camera: Int64, at capturedAt: Timestamp, sha256: SHA256Digest, in database: Database
    ) throws -> ArchivedFrame? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    \(selecting) WHERE frame.camera_id = ? AND frame.captured_at = ? AND frame.sha256 = ?
                    """), arguments: [camera, capturedAt.milliseconds, sha256.data]
        ).map { try ArchivedFrame($0) }
    }

    /// The camera's newest frame.
    package static func last(of camera: CameraName, in database: Database) throws -> ArchivedFrame? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM camera CROSS JOIN frame ON frame.camera_id = camera.id
                    WHERE camera.name = ? ORDER BY frame.captured_at DESC, frame.id DESC LIMIT 1
                    """), arguments: [camera.text]
        ).map { try ArchivedFrame($0) }
    }

    /// The camera's frame at an instant: the newest captured then or before.
    package static func last(of camera: Int64, by instant: Timestamp, in database: Database) throws -> ArchivedFrame? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM frame INDEXED BY frame_by_camera JOIN camera ON camera.id = frame.camera_id
                    WHERE frame.camera_id = ? AND frame.captured_at <= ?
                    ORDER BY frame.captured_at DESC, frame.id DESC LIMIT 1
                    """), arguments: [camera, instant.milliseconds]
        ).map { try ArchivedFrame($0) }
    }

    /// The number of the newest frame; 0 where there is none.
    package static func newest(in database: Database) throws -> FrameID {
        FrameID(try Int64.fetchOne(database, sql: "SELECT max(id) FROM frame") ?? 0)
    }

    /// The hour that a frame was captured in, in SQL.
    package static let hour = "captured_at / 3600000 * 3600000"
}
