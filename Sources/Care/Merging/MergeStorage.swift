internal import Archive
internal import GRDB
internal import Storage
internal import Vocabulary

extension MergeSource {
    /// Whether a frame's times can be: one that is damaged does not spread.
    func requirePlausible(_ frame: ArchivedFrame) throws(ArchiveError) {
        guard frame.capturedAt.isPlausible, frame.lastSeenAt.isPlausible, frame.lastSeenAt >= frame.capturedAt,
            frame.takenAt?.isPlausible ?? true
        else { throw .damaged(path: path, what: "frame \(frame.id) has a time that cannot be") }
    }
}

/// What merging one frame changes, within a transaction.
enum MergeStorage {
    /// - Returns: whether the frame is new here.
    static func take(
        _ frame: MergedFrame, camera: Int64, print: Int64?, into pictures: ArchivePictures, _ database: Database
    ) throws -> Bool {
        let record = frame.record
        let known = try FrameTable.frame(
            camera: camera, at: record.capturedAt, sha256: record.sha256, in: database)
        if let known {
            try FrameTable.learn(known.id, from: record, in: database)
            return false
        }
        // Removed here while it was being merged: then it stays removed until the next time.
        guard let picture = frame.picture else { return false }
        _ = try PictureTable.insert(picture, for: record.sha256, size: record.bytes, into: pictures, database)
        let id = try FrameTable.insert(merging: record, camera: camera, print: print, into: database)
        try FrameTotals.rollUpIfDue(after: id, in: database)
        return true
    }
}

extension UsageTable {
    static func page(
        of camera: CameraName, after instant: Timestamp, limit: Int, in database: Database
    ) throws -> [UsageRecord] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(recordColumns) FROM camera CROSS JOIN usage_reading ON usage_reading.camera_id = camera.id
                    WHERE camera.name = ? AND read_at > ? AND \(isPlausible) ORDER BY read_at LIMIT ?
                    """), arguments: [camera.text, instant.milliseconds, limit])
        return try Array(rows.map(record))
    }

    /// - Returns: whether there was no reading of that instant.
    static func insertIfAbsent(
        _ record: UsageRecord, camera: Int64, into database: Database
    ) throws -> Bool {
        let known = try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT 1 FROM usage_reading WHERE camera_id = ? AND read_at = ?"),
            arguments: [camera, record.reading.readAt.milliseconds])
        guard known == nil else { return false }
        try insert(
            record.reading, camera: camera, received: record.received, proxied: record.proxied,
            captures: record.captures,
            into: database)
        return true
    }
}
