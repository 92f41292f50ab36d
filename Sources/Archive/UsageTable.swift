package import GRDB
package import Vocabulary

/// Readings of the tunnel's allowance.
package enum UsageTable {
    /// The columns of ``reading(_:)``, in its order.
    package static let columns = "read_at, total, monthly_cap, reset_at"

    /// Reads a row of ``columns``.
    package static func reading(_ row: Row) throws -> UsageReading {
        UsageReading(
            readAt: try row.timestamp(at: 0), total: try row.byteCount(at: 1),
            monthlyCap: (try row.value(at: 2) as Int64?) == nil ? nil : try row.byteCount(at: 2),
            resetAt: try row.timestamp(at: 3))
    }

    /// The camera's newest reading before an instant.
    package static func last(
        of camera: CameraName, before instant: Timestamp, in database: Database
    ) throws -> UsageReading? {
        guard let id = try CameraTable.id(of: camera, in: database) else { return nil }
        return try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM usage_reading WHERE camera_id = ? AND read_at < ?
                    ORDER BY read_at DESC LIMIT 1
                    """), arguments: [id, instant.milliseconds]
        ).map(reading)
    }

    /// The columns of ``record(_:)``, in its order; `camera` is a table of the query.
    package static let recordColumns = "\(columns), received, proxied, captures, camera.name"

    /// Reads a row of ``recordColumns``.
    package static func record(_ row: Row) throws -> UsageRecord {
        UsageRecord(
            camera: try row.cameraName(at: 7), reading: try reading(row), received: try row.byteCount(at: 4),
            proxied: try row.byteCount(at: 5), captures: try row.count(at: 6))
    }

    /// Of readings whose times can be: whoever reckons with others goes through millions of days.
    package static let isPlausible = "\(ValueRule.isInstant("read_at")) AND \(ValueRule.isInstant("reset_at"))"
}
