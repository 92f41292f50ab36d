package import GRDB
package import Vocabulary

/// The frames' records.
package enum FrameTable {
    /// The columns of ``record(_:)``, in its order; `frame` and `camera` are the tables' names in the query.
    package static let columns = """
        frame.id, camera.name, frame.captured_at, frame.taken_at, frame.last_seen_at, frame.seen, frame.width, frame.height,
        frame.bytes, frame.sha256, frame.perceptual_hash, frame.print_id, frame.variant, frame.source, frame.excluded,
        frame.pinned, frame.progress, frame.printer_state, frame.prediction, frame.brightness, frame.sharpness,
        frame.change, frame.changed_percent, frame.note, frame.damaged_at, frame.suspect, frame.suspect_place
        """

    /// Reads a row of ``columns``.
    package static func record(_ row: Row) throws -> ArchivedFrame {
        ArchivedFrame(
            id: FrameID(try row.value(at: 0)), camera: try row.cameraName(at: 1), capturedAt: try row.timestamp(at: 2),
            takenAt: try row.timestampIfAny(at: 3), lastSeenAt: try row.timestamp(at: 4), seen: try row.count(at: 5),
            size: try row.pixelSize(at: 6), bytes: try row.byteCount(at: 8),
            sha256: try row.sha256(at: 9),
            perceptualHash: PerceptualHash(bits: UInt64(bitPattern: try row.value(at: 10))),
            print: try row.value(at: 11), variant: try row.wordIfAny(at: 12), source: try row.word(at: 13),
            excluded: try row.value(at: 14), pinned: try row.value(at: 15), progress: try row.value(at: 16),
            printerState: try row.wordIfAny(at: 17), prediction: try row.value(at: 18),
            brightness: try row.measure(at: 19, 0...255), sharpness: try row.measure(at: 20, 0...255),
            change: try row.measure(at: 21, 0...510), changedPercent: try row.measure(at: 22, 0...100),
            note: try row.value(at: 23), damagedAt: try row.timestampIfAny(at: 24),
            suspicion: try row.wordIfAny(at: 25).map { Suspicion($0, at: try row.value(at: 26) ?? "") })
    }

    package static func frame(_ id: FrameID, in database: Database) throws -> ArchivedFrame? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT \(columns) FROM frame JOIN camera ON camera.id = frame.camera_id WHERE frame.id = ?"),
            arguments: [id.number]
        ).map(record)
    }

    /// The frame of a camera that shows this picture and was captured at this instant.
    package static func frame(
        camera: Int64, at capturedAt: Timestamp, sha256: SHA256Digest, in database: Database
    ) throws -> ArchivedFrame? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM frame JOIN camera ON camera.id = frame.camera_id
                    WHERE frame.camera_id = ? AND frame.captured_at = ? AND frame.sha256 = ?
                    """), arguments: [camera, capturedAt.milliseconds, sha256.data]
        ).map(record)
    }

    /// The camera's newest frame.
    package static func last(of camera: CameraName, in database: Database) throws -> ArchivedFrame? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM camera CROSS JOIN frame ON frame.camera_id = camera.id
                    WHERE camera.name = ? ORDER BY frame.captured_at DESC, frame.id DESC LIMIT 1
                    """), arguments: [camera.text]
        ).map(record)
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
        ).map(record)
    }
}
