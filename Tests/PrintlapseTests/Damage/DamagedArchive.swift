import Foundation
import GRDB
import TestSupport

/// Copies of one small archive that has a row in every table, each damaged in its own way.
struct DamagedArchive {
    /// Two cameras, ten frames, a print, holes, totals, readings, an alert and a rejected body.
    static func make(in folder: URL) async throws -> URL {
        let path = folder.appending(path: "sound.sqlite")
        let writer = try Program([path.path, "8"], of: "ArchiveWriter", in: folder)
        guard try await writer.result().status == 0 else { throw CocoaError(.fileWriteUnknown) }
        try changing(path) { database in
            try database.execute(sql: dressing)
        }
        return path
    }

    /// Changes a file in whatever way, past all that the schema promises, and leaves no log.
    static func changing(_ path: URL, _ change: (Database) throws -> Void) throws {
        let queue = try DatabaseQueue(path: path.path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; BEGIN")
            let triggers = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            try change(database)
            for trigger in triggers { try database.execute(sql: trigger["sql"]) }
            try database.execute(sql: "COMMIT")
            try database.checkpoint(.truncate)
        }
        try queue.close()
    }

    /// The columns of whole numbers, table by table.
    static func numbers(in path: URL) throws -> [(table: String, columns: [String])] {
        let queue = try DatabaseQueue(path: path.path)
        defer { try? queue.close() }
        return try queue.read { database in
            let tables = try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1")
            return try tables.map { table in
                // Hidden columns of kind 2 are computed.
                (
                    table,
                    try String.fetchAll(
                        database, sql: "SELECT name FROM pragma_table_xinfo(?) WHERE type = 'INTEGER' AND hidden = 0",
                        arguments: [table])
                )
            }.filter { !$0.columns.isEmpty }
        }
    }

    private static let dressing = """
        INSERT INTO camera (id, name) VALUES (2, 'other');
        INSERT INTO print (id, camera_id, number, told_by, name, state, started_at, ended_at)
            VALUES (1, 1, 7, 'octoprint', 'benchy', 'finished', 1800000000000, 1800000079000);
        UPDATE frame SET print_id = 1, taken_at = captured_at - 500, progress = 0.5 WHERE id BETWEEN 2 AND 5;
        UPDATE frame SET note = 'look', pinned = 1 WHERE id = 3;
        UPDATE frame SET excluded = 1 WHERE id = 4;
        INSERT INTO ledger_run (camera_id, from_at, interval_ms, slots, outcome, detail, bytes)
            VALUES (1, 1800000080000, 10000, 3, 'offline', 'offline', 30),
                (1, 1800000110000, 10000, 2, 'rejected', 'truncated', 4000),
                (2, 1800000000000, 10000, 5, 'duplicate', NULL, 500);
        INSERT INTO quarantine (camera_id, received_at, label, description, bytes, body)
            VALUES (1, 1800000110000, 'truncated', 'cut short', 3, x'ffd800');
        INSERT INTO usage_reading (camera_id, read_at, total, monthly_cap, reset_at, received, captures, proxied)
            VALUES (1, 1800000000000, 1000, 300000000, 1801440000000, 100, 1, 0),
                (1, 1800000100000, 2000, 300000000, 1801440000000, 100, 1, 0);
        INSERT INTO clock_event (kind, before_at, after_at, frame_id, reason)
            VALUES ('leap', 1800000040000, 1800000045000, 4, 'set');
        INSERT INTO alert (kind, subject, since_at) VALUES ('camera_stopped', 'printer', 1800000090000);
        INSERT INTO alert_log (at, kind, change, subject, since_at, cameras, message)
            VALUES (1800000095000, 'camera_stopped', 'opened', 'printer', 1800000090000, '["printer"]', 'printer: none');
        INSERT INTO timelapse (rule, camera, subject, print, since_at, until_at, state, due_at, next_try_at, attempts, files,
                frames, milliseconds, made_at, pinned)
            VALUES ('print', 'printer', 'print 1', 1, 1800000000000, 1800000079000, 'made', 1800000090000, 1800000090000, 1,
                '[]', 20, 4000, 1800000091000, 0);
        INSERT INTO timelapse_rule (name, since_at, planned_until) VALUES ('print', 1800000000000, 1800000000000);
        UPDATE archive_info SET totals_until = 1800000050000;
        INSERT INTO frame_hour (camera_id, hour, frames, bytes)
            SELECT camera_id, captured_at / 3600000 * 3600000, count(*), sum(bytes) FROM frame
            WHERE captured_at < 1800000050000 GROUP BY 1, 2;
        UPDATE print SET (frames, bytes) = (
            SELECT count(*), sum(bytes) FROM frame WHERE print_id = 1 AND captured_at < 1800000050000);
        """
}
