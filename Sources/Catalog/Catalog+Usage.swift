internal import GRDB
public import Vocabulary

extension Catalog {
    /// Usage readings, the newest first, each with what was captured since the one before.
    ///
    /// - Parameters:
    ///   - camera: whose tunnel was asked; `nil` for all.
    ///   - since: read at this instant or later.
    ///   - until: and before this one.
    ///   - limit: at most this many; all where `nil`.
    public func usageReadings(
        camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil, limit: Int? = nil
    ) async throws -> [UsageRecord] {
        try await read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT \(UsageTable.recordColumns)
                        FROM camera CROSS JOIN usage_reading ON usage_reading.camera_id = camera.id
                        WHERE (?1 IS NULL OR camera.name = ?1) AND read_at >= ?2 AND read_at < ?3
                        ORDER BY read_at DESC, camera.name LIMIT ?4
                        """),
                arguments: [
                    camera?.text, since?.milliseconds ?? .min, until?.milliseconds ?? .max,
                    limit.map { max(0, $0) } ?? -1,
                ])
            return try Array(rows.map { try UsageTable.record($0) })
        }
    }
}
