package import GRDB
package import Vocabulary

/// The slot ledger's runs.
package enum LedgerTable {
    /// The columns of ``run(_:)``, in its order.
    package static let columns = """
        camera.name, ledger_run.outcome, ledger_run.detail, ledger_run.from_at, ledger_run.interval_ms, ledger_run.slots,
        ledger_run.bytes, ledger_run.frame_id, ledger_run.removed
        """

    /// Reads a row of ``columns``.
    package static func run(_ row: Row) throws -> LedgerRun {
        // What cannot be is read as the nearest that can: the runs beside it are read as well, and a check names it.
        let interval = min(longestInterval, max(1, try row.value(at: 4) as Int64))
        let slots = min(longestRun / interval, max(1, try row.value(at: 5) as Int64))
        return LedgerRun(
            camera: try row.cameraName(at: 0), outcome: try row.word(at: 1),
            detail: (try row.value(at: 2) as String?).map(SlotReason.init(label:)),
            from: try row.timestamp(at: 3), interval: .milliseconds(interval), slots: Int(slots),
            bytes: try row.byteCount(at: 6), frame: (try row.value(at: 7) as Int64?).map(FrameID.init),
            removed: try row.count(at: 8))
    }

    /// 139 years, in milliseconds: a downtime may be as long as all time that can be told.
    package static let longestInterval: Int64 = 1 << 42
    /// Of a run's slots together: 285,000 years, in milliseconds.
    private static let longestRun: Int64 = 1 << 53

    /// Of runs that begin and end when they can have: a bar of a damaged ledger does not reach over millions of years.
    package static let isPlausible = "\(ValueRule.isInstant("from_at")) AND \(ValueRule.isInstant("until_at"))"

    /// The camera's last run that begins at or before the instant.
    package static func run(beginningBy instant: Timestamp, camera: Int64, in database: Database) throws -> LedgerRun? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM ledger_run CROSS JOIN camera ON camera.id = ledger_run.camera_id
                    WHERE camera_id = ? AND from_at <= ? ORDER BY from_at DESC LIMIT 1
                    """), arguments: [camera, instant.milliseconds]
        ).map(run)
    }

    /// The camera's last run that begins at or before the instant.
    package static func run(
        beginningBy instant: Timestamp, of camera: CameraName, in database: Database
    ) throws -> LedgerRun? {
        guard let id = try CameraTable.id(of: camera, in: database) else { return nil }
        return try run(beginningBy: instant, camera: id, in: database)
    }

    /// The camera's last run. One that is damaged and says that it lies in another age is passed over: captures go on where the
    /// ledger ends.
    package static func last(of camera: CameraName, in database: Database) throws -> LedgerRun? {
        guard let id = try CameraTable.id(of: camera, in: database) else { return nil }
        return try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM ledger_run CROSS JOIN camera ON camera.id = ledger_run.camera_id
                    WHERE camera_id = ? AND \(isPlausible) ORDER BY from_at DESC LIMIT 1
                    """), arguments: [id]
        ).map(run)
    }
}
