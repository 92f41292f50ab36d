internal import GRDB
public import Vocabulary

/// A usage reading, and what this program fetched between it and the reading before.
public struct UsageRecord: Hashable, Sendable {
    /// The camera whose tunnel was asked.
    public let camera: CameraName
    public let reading: UsageReading
    /// Bytes by all routes.
    public let received: ByteCount
    /// Those of them that came by calls through the tunnel to the printer.
    public var proxied: ByteCount = .zero
    /// Pictures fetched.
    public let captures: Int
}

extension Catalog {
    /// Usage readings, the newest first, each with what was captured since the one before.
    ///
    /// - Parameters:
    ///   - camera: whose tunnel was asked; `nil` for all.
    ///   - since: read at this instant or later.
    ///   - until: and before this one.
    public func usageReadings(
        camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil, limit: Int? = nil
    ) async throws -> [UsageRecord] {
        try await read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT \(UsageTable.columns), received, captures, camera.name
                        FROM camera CROSS JOIN usage_reading ON usage_reading.camera_id = camera.id
                        WHERE (?1 IS NULL OR camera.name = ?1) AND read_at >= ?2 AND read_at < ?3
                        ORDER BY read_at DESC, camera.name LIMIT ?4
                        """),
                arguments: [
                    camera?.text, since?.milliseconds ?? .min, until?.milliseconds ?? .max,
                    limit.map { max(0, $0) } ?? -1,
                ])
            return try Array(
                rows.map { row in
                    UsageRecord(
                        camera: try row.cameraName(at: 6), reading: try UsageTable.reading(row),
                        received: try row.byteCount(at: 4), captures: try row.value(at: 5))
                })
        }
    }
}

extension UsageRecord: Encodable {
    private enum Key: String, CodingKey {
        case camera, total, received, proxied, captures
        case readAt = "read_at"
        case monthlyCap = "monthly_cap"
        case resetAt = "reset_at"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(camera.text, forKey: .camera)
        try container.encode(reading.readAt.description, forKey: .readAt)
        try container.encode(reading.total.bytes, forKey: .total)
        try container.encode(reading.monthlyCap?.bytes, forKey: .monthlyCap)
        try container.encode(reading.resetAt.description, forKey: .resetAt)
        try container.encode(received.bytes, forKey: .received)
        try container.encode(proxied.bytes, forKey: .proxied)
        try container.encode(captures, forKey: .captures)
    }
}
