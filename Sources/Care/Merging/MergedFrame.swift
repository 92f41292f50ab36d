internal import Archive
internal import GRDB
internal import Storage
internal import Vocabulary

/// A frame of another archive, with its picture where that is needed.
struct MergedFrame: Sendable {
    let record: ArchivedFrame
    /// `nil` where the frame is known here.
    let picture: CheckedPicture?
}

extension FrameTable {
    /// Some of a camera's frames, those captured first, after a place in their order.
    static func page(
        of camera: CameraName, after place: (capturedAt: Timestamp, id: FrameID)?, limit: Int, in database: Database
    ) throws -> [ArchivedFrame] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM camera CROSS JOIN frame INDEXED BY frame_by_camera ON frame.camera_id = camera.id
                    WHERE camera.name = ? AND (frame.captured_at, frame.id) > (?, ?)
                    ORDER BY frame.captured_at, frame.id LIMIT ?
                    """),
            arguments: [camera.text, place?.capturedAt.milliseconds ?? .min, place?.id.number ?? .min, limit])
        return try Array(rows.map { try ArchivedFrame($0) })
    }

    /// Takes a frame of another archive over as it is, but for its number, its print's and its slot.
    static func insert(
        merging frame: ArchivedFrame, camera: Int64, print: Int64?, into database: Database
    ) throws -> FrameID {
        var own = frame
        (own.id, own.print) = (try nextID(in: database), print)
        try insert(own, camera: camera, slot: nil, into: database)
        return own.id
    }

    /// Adds what another archive knows of the same frame: it takes nothing away, so that the order of merging does not matter.
    static func learn(_ id: FrameID, from other: ArchivedFrame, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE frame SET seen = max(seen, ?2), last_seen_at = max(last_seen_at, ?3),
                    excluded = max(excluded, ?4), pinned = max(pinned, ?5), note = coalesce(note, ?6)
                WHERE id = ?1 AND (seen < ?2 OR last_seen_at < ?3 OR excluded < ?4 OR pinned < ?5
                    OR note IS NULL AND ?6 IS NOT NULL)
                """
        ).execute(arguments: [
            id.number, other.seen, other.lastSeenAt.milliseconds, other.excluded, other.pinned, other.note,
        ])
    }

    /// Notes the slot that a frame was stored for, where it has none.
    ///
    /// - Returns: whether it had none.
    static func attach(_ frame: FrameID, toSlot slot: Timestamp, in database: Database) throws -> Bool {
        try database.cachedStatement(sql: "UPDATE frame SET slot_at = ? WHERE id = ? AND slot_at IS NULL")
            .execute(arguments: [slot.milliseconds, frame.number])
        return database.changesCount > 0
    }
}
