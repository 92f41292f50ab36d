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
            monthlyCap: (try row.value(at: 2) as Int64?).map { ByteCount($0) }, resetAt: try row.timestamp(at: 3))
    }

    static func insert(
        _ reading: UsageReading, camera: Int64, received: ByteCount, proxied: ByteCount, captures: Int,
        into database: Database
    ) throws {
        // Two readings within a millisecond: the later one is the truth.
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO usage_reading
                    (camera_id, read_at, total, monthly_cap, reset_at, received, proxied, captures)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            camera, reading.readAt.milliseconds, reading.total.bytes, reading.monthlyCap?.bytes,
            reading.resetAt.milliseconds, received.bytes, proxied.bytes, captures,
        ])
    }

    static func last(of camera: CameraName, in database: Database) throws -> UsageReading? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM usage_reading WHERE camera_id = (SELECT id FROM camera WHERE name = ?)
                    ORDER BY read_at DESC LIMIT 1
                    """), arguments: [camera.text]
        ).map(reading)
    }
}
