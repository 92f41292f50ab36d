package import Archive
package import GRDB
internal import Vocabulary

extension LedgerTable {
    /// Enters slots into the ledger.
    ///
    /// - Returns: whether they were new to it.
    package static func record(_ entry: LedgerEntry, camera: Int64, in database: Database) throws -> Bool {
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

    package static func insert(_ run: LedgerRun, camera: Int64, into database: Database) throws {
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

    package static func delete(_ run: LedgerRun, camera: Int64, from database: Database) throws {
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
}
