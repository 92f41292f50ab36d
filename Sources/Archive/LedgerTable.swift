internal import Foundation
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
    static let longestInterval: Int64 = 1 << 42
    /// Of a run's slots together: 285,000 years, in milliseconds.
    private static let longestRun: Int64 = 1 << 53

    /// Of runs that begin and end when they can have: a bar of a damaged ledger does not reach over millions of years.
    package static let isPlausible = "\(ValueRule.isInstant("from_at")) AND \(ValueRule.isInstant("until_at"))"

    /// Enters slots into the ledger.
    ///
    /// - Returns: whether they were new to it.
    static func record(_ entry: LedgerEntry, camera: Int64, in database: Database) throws -> Bool {
        var previous = try run(beginningBy: Timestamp(milliseconds: .max), camera: camera, in: database)
        var next: Timestamp?
        if let last = previous, last.from > entry.first {
            // Slots before the last run: the clock was set back.
            previous = try run(beginningBy: entry.first, camera: camera, in: database)
            next = try self.next(after: entry.first, camera: camera, in: database)
        }
        switch entry.step(after: previous, before: next) {
        case .alreadyRecorded: return false
        case .extend(let run):
            try database.cachedStatement(
                sql: "UPDATE ledger_run SET slots = ?, bytes = ?, frame_id = ? WHERE camera_id = ? AND from_at = ?"
            ).execute(arguments: [run.slots, run.bytes.bytes, run.frame?.number, camera, run.from.milliseconds])
            return true
        case .begin(let run):
            try insert(run, camera: camera, into: database)
            return true
        }
    }

    static func insert(_ run: LedgerRun, camera: Int64, into database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO ledger_run (camera_id, from_at, interval_ms, slots, outcome, detail, bytes, frame_id, removed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            camera, run.from.milliseconds, run.interval.milliseconds, run.slots, run.outcome.rawValue,
            run.detail?.label,
            run.bytes.bytes, run.frame?.number, run.removed,
        ])
    }

    static func delete(_ run: LedgerRun, camera: Int64, from database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM ledger_run WHERE camera_id = ? AND from_at = ?")
            .execute(arguments: [camera, run.from.milliseconds])
    }

    /// Where the camera's first run after the instant begins.
    private static func next(after instant: Timestamp, camera: Int64, in database: Database) throws -> Timestamp? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT min(from_at) FROM ledger_run WHERE camera_id = ? AND from_at > ?"),
            arguments: [camera, instant.milliseconds]
        ).map(Timestamp.init(milliseconds:))
    }

    /// The camera's last run that begins at or before the instant.
    private static func run(beginningBy instant: Timestamp, camera: Int64, in database: Database) throws -> LedgerRun? {
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
