package import Archive
package import GRDB
package import Vocabulary

extension UsageTable {
    package static func insert(
        _ reading: UsageReading, camera: Int64, received: ByteCount, proxied: ByteCount, captures: Int,
        into database: Database
    ) throws {
        // Of two readings within a millisecond the later one is the truth, and what came before either came.
        try database.cachedStatement(
            sql: """
                INSERT INTO usage_reading
                    (camera_id, read_at, total, monthly_cap, reset_at, received, proxied, captures)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (camera_id, read_at) DO UPDATE SET
                    total = excluded.total, monthly_cap = excluded.monthly_cap, reset_at = excluded.reset_at,
                    received = received + excluded.received, proxied = proxied + excluded.proxied,
                    captures = captures + excluded.captures
                """
        ).execute(arguments: [
            camera, reading.readAt.milliseconds, reading.total.bytes, reading.monthlyCap?.bytes,
            reading.resetAt.milliseconds, received.bytes, proxied.bytes, captures,
        ])
    }

    /// The newest records of a camera since an instant, the oldest first, and the sums of those before them.
    static func history(
        of camera: CameraName, since: Timestamp, until: Timestamp, limit: Int, in database: Database
    ) throws -> UsageHistory {
        let records = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT \(recordColumns) FROM camera CROSS JOIN usage_reading ON usage_reading.camera_id = camera.id
                    WHERE camera.name = ? AND read_at >= ? AND read_at <= ? AND \(isPlausible) ORDER BY read_at DESC LIMIT ?
                    """), arguments: [camera.text, since.milliseconds, until.milliseconds, limit]
        ).reversed().map(record)
        let sums = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT CAST(total(received) AS INTEGER), CAST(total(proxied) AS INTEGER),
                        CAST(total(captures) AS INTEGER)
                    FROM usage_reading WHERE camera_id = (SELECT id FROM camera WHERE name = ?)
                        AND read_at >= ? AND read_at < ?
                    """),
            arguments: [
                camera.text, since.milliseconds, records.first?.reading.readAt.milliseconds ?? since.milliseconds,
            ])
        return UsageHistory(
            records: records, receivedEarlier: try sums?.byteCount(at: 0) ?? .zero,
            proxiedEarlier: try sums?.byteCount(at: 1) ?? .zero, capturesEarlier: try sums?.count(at: 2) ?? 0,
            receivedSince: try received(
                by: camera, since: records.last?.reading.readAt ?? since, until: until, in: database))
    }

    /// By the slot ledger; of a run that began before the instant, as large a part as lies after it.
    private static func received(
        by camera: CameraName, since instant: Timestamp, until: Timestamp, in database: Database
    ) throws -> ByteCount {
        let bytes = try Int64.fetchOne(
            database.cachedStatement(
                sql: """
                    WITH asked (camera_id, since) AS (SELECT id, ?2 FROM camera WHERE name = ?1)
                    SELECT CAST(coalesce(sum(bytes * min(1.0, (until_at - since) * 1.0 / (until_at - from_at))), 0) AS INTEGER)
                    FROM asked CROSS JOIN ledger_run USING (camera_id)
                    WHERE until_at > since AND until_at > from_at AND from_at <= ?3 AND from_at >= coalesce((
                        SELECT max(from_at) FROM ledger_run AS begun
                        WHERE begun.camera_id = asked.camera_id AND begun.from_at <= since), since)
                    """), arguments: [camera.text, instant.milliseconds, until.milliseconds])
        return ByteCount(bytes ?? 0)
    }
}
