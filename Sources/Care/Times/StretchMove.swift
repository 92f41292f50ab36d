internal import Archive
internal import GRDB
internal import Storage
internal import Vocabulary

/// All that moving a stretch of time changes, within one transaction.
struct StretchMove {
    private let database: Database
    private let move: TimeShift
    private let now: Timestamp
    private var report: TimeShiftReport

    private var ids: (Int64, Int64) { (move.frames.lowerBound.number, move.frames.upperBound.number) }
    private var shift: Int64 { move.shift.milliseconds }

    /// Usage is read before the first slot, and a leap noted after the last one.
    private static let margin = Duration.seconds(600)

    init(_ move: TimeShift, now: Timestamp, in database: Database) throws {
        (self.move, self.now, self.database) = (move, now, database)
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT min(captured_at), max(captured_at), count(*) FROM frame
                WHERE id BETWEEN ? AND ? AND source <> 'import' HAVING count(*) > 0
                """, arguments: [move.frames.lowerBound.number, move.frames.upperBound.number])
        guard let row else { throw TimeShiftError.noFrames(move.frames) }
        let before = try row.timestamp(at: 0)...row.timestamp(at: 1)
        let longest = TimeShift.longest
        guard move.shift <= longest, move.shift >= .zero - longest,
            (before.lowerBound + move.shift).isPlausible, (before.upperBound + move.shift).isPlausible
        else { throw TimeShiftError.tooFar }
        report = TimeShiftReport(
            before: before, after: (before.lowerBound + move.shift)...(before.upperBound + move.shift))
        report.frames = try row.value(at: 2)
    }

    mutating func apply() throws -> TimeShiftReport {
        var all = report.before
        let cameras = try cameras()
        for camera in cameras { try FollowedTable.requireOwn(camera: camera, in: database) }
        for camera in cameras {
            let window = try moveLedger(of: camera) ?? report.before
            try moveFrames(of: camera, window)
            try moveRecords(of: camera, window)
            all = min(all.lowerBound, window.lowerBound)...max(all.upperBound, window.upperBound)
            report.cameras += 1
        }
        // Totals are by time.
        try FrameTotals.recount(in: database)
        try moveEvents(all)
        return report
    }

    private func cameras() throws -> [Int64] {
        try Int64.fetchAll(
            database,
            sql: "SELECT DISTINCT camera_id FROM frame WHERE id BETWEEN ? AND ? AND source <> 'import' ORDER BY 1",
            arguments: [ids.0, ids.1])
    }

    /// - Returns: the time that the stretch takes in the camera's ledger.
    private mutating func moveLedger(of camera: Int64) throws -> ClosedRange<Timestamp>? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT min(slot_at), max(slot_at) FROM frame
                WHERE camera_id = ? AND id BETWEEN ? AND ? AND slot_at IS NOT NULL AND source <> 'import'
                """, arguments: [camera, ids.0, ids.1])
        guard let row, let first = try row.timestampIfAny(at: 0), let last = try row.timestampIfAny(at: 1) else {
            return nil
        }
        try splitRun(at: first, of: camera)
        try splitRun(at: last + .milliseconds(1), of: camera)
        let runs = try Array(
            Row.fetchCursor(
                database,
                sql: """
                    SELECT \(LedgerTable.columns) FROM ledger_run CROSS JOIN camera ON camera.id = ledger_run.camera_id
                    WHERE camera_id = ? ORDER BY from_at
                    """, arguments: [camera]
            ).map(LedgerTable.run))
        guard let ledger = LedgerShift(runs, slots: first...last, frames: move.frames) else { return nil }
        let moved = try ledger.moved(by: move.shift, now: now)
        let (old, new) = (Set(runs), Set(moved))
        for run in runs where !new.contains(run) { try LedgerTable.delete(run, camera: camera, from: database) }
        for run in moved where !old.contains(run) { try LedgerTable.insert(run, camera: camera, into: database) }
        let stretch = ledger.stretch
        report.slots += stretch.reduce(0) { $0 + $1.slots }
        guard let from = stretch.first?.from, let until = stretch.last?.until else { return nil }
        return min(from, report.before.lowerBound)...max(until, from)
    }

    /// Cuts a run in which frames were stored before an instant and from it on, so that each part has the frames that it had.
    private func splitRun(at instant: Timestamp, of camera: Int64) throws {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT \(LedgerTable.columns) FROM ledger_run CROSS JOIN camera ON camera.id = ledger_run.camera_id
                WHERE camera_id = ? AND from_at < ? ORDER BY from_at DESC LIMIT 1
                """, arguments: [camera, instant.milliseconds])
        guard let run = try row.map(LedgerTable.run), run.outcome == .stored else { return }
        let before = run.slots(before: instant)
        guard before < run.slots else { return }
        try LedgerTable.delete(run, camera: camera, from: database)
        for part in [run.part(0..<before), run.part(before..<run.slots)] {
            let stored = try Row.fetchOne(
                database,
                sql: "SELECT count(*), max(id) FROM frame WHERE camera_id = ? AND slot_at BETWEEN ? AND ?",
                arguments: [camera, part.from.milliseconds, part.lastSlot.milliseconds])
            let frames: Int = try stored?.value(at: 0) ?? 0
            let newest: Int64? = try stored?.value(at: 1)
            try LedgerTable.insert(
                LedgerRun(
                    camera: part.camera, outcome: part.outcome, detail: part.detail, from: part.from,
                    interval: part.interval, slots: part.slots, bytes: part.bytes, frame: newest.map(FrameID.init),
                    removed: part.slots - frames),
                camera: camera, into: database)
        }
    }

    /// A frame keeps its time, says a trigger: it steps aside.
    private func moveFrames(of camera: Int64, _ window: ClosedRange<Timestamp>) throws {
        let trigger = "frame_stays_itself"
        let sql = try String.fetchOne(
            database, sql: "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?", arguments: [trigger])
        guard let sql else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        try database.execute(sql: "DROP TRIGGER frame_stays_itself")
        let times: StatementArguments = [
            "camera": camera, "first": ids.0, "last": ids.1, "shift": shift,
            "from": window.lowerBound.milliseconds, "until": window.upperBound.milliseconds,
        ]
        try database.execute(
            sql: """
                UPDATE frame SET captured_at = captured_at + :shift, slot_at = slot_at + :shift,
                    last_seen_at = max(captured_at + :shift,
                        CASE WHEN last_seen_at BETWEEN :from AND :until THEN last_seen_at + :shift ELSE last_seen_at END)
                WHERE camera_id = :camera AND id BETWEEN :first AND :last AND source <> 'import'
                """, arguments: times)
        // Frames from before, that were seen again during the stretch.
        try database.execute(
            sql: """
                UPDATE frame SET last_seen_at = max(captured_at, last_seen_at + :shift)
                WHERE camera_id = :camera AND id < :first AND :last IS NOT NULL AND captured_at < :from
                    AND last_seen_at BETWEEN :from AND :until
                """, arguments: times)
        try database.execute(sql: sql)
    }

    private mutating func moveRecords(of camera: Int64, _ window: ClosedRange<Timestamp>) throws {
        let wide: StatementArguments = [
            "camera": camera, "shift": shift, "from": (window.lowerBound - Self.margin).milliseconds,
            "until": (window.upperBound + Self.margin).milliseconds,
        ]
        // In two steps, so that no reading meets another one on the way.
        let apart: Int64 = 1 << 52
        try database.execute(
            sql: """
                UPDATE usage_reading SET read_at = read_at + \(apart), reset_at = reset_at + :shift
                WHERE camera_id = :camera AND read_at BETWEEN :from AND :until
                """, arguments: wide)
        report.usageReadings += database.changesCount
        try database.execute(
            sql:
                "UPDATE usage_reading SET read_at = read_at - \(apart) + ? WHERE camera_id = ? AND read_at >= \(apart)",
            arguments: [shift, camera])
        try database.execute(
            sql: """
                UPDATE quarantine SET received_at = received_at + :shift
                WHERE camera_id = :camera AND received_at BETWEEN :from AND :until
                """, arguments: wide)

        var prints = wide
        prints += ["first": ids.0, "last": ids.1] as StatementArguments
        for (column, end) in [("started_at", "min"), ("ended_at", "max")] {
            try database.execute(
                sql: """
                    UPDATE print SET \(column) = \(column) + :shift
                    WHERE camera_id = :camera AND \(column) BETWEEN :from AND :until AND coalesce(
                        (SELECT \(end)(id) FROM frame WHERE print_id = print.id) BETWEEN :first AND :last, 1)
                    """, arguments: prints)
            if column == "started_at" { report.prints += database.changesCount }
        }
        try database.execute(
            sql: "UPDATE print SET ended_at = started_at WHERE camera_id = ? AND ended_at < started_at",
            arguments: [camera])
    }

    /// The leaps before and behind the stretch become smaller, and go where time goes on without one.
    private func moveEvents(_ window: ClosedRange<Timestamp>) throws {
        let arguments: StatementArguments = [
            "shift": shift, "first": ids.0, "last": ids.1, "from": (window.lowerBound - Self.margin).milliseconds,
            "until": (window.upperBound + Self.margin).milliseconds,
        ]
        try database.execute(
            sql: """
                UPDATE clock_event SET after_at = after_at + :shift
                WHERE frame_id < :first AND :last IS NOT NULL AND after_at BETWEEN :from AND :until
                """, arguments: arguments)
        try database.execute(
            sql: """
                UPDATE clock_event SET before_at = before_at + :shift
                WHERE frame_id BETWEEN :first AND :last AND before_at BETWEEN :from AND :until
                """, arguments: arguments)
        try database.execute(
            sql: "DELETE FROM clock_event WHERE kind = 'leap' AND after_at - before_at BETWEEN ? AND ?",
            arguments: [
                -TimeStretches.tolerance.milliseconds, TimeStretches.longestPause.milliseconds,
            ])
    }
}
