internal import GRDB
public import Vocabulary

extension Catalog {
    /// Totals over a stretch of time, of one camera or of all.
    ///
    /// - Parameters:
    ///   - since: frames captured, and slots due, at this instant or later.
    ///   - until: and before this one.
    public func statistics(
        camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil
    ) async throws -> Statistics {
        let range = LedgerRange(camera: camera, since: since, until: until)
        return try await read { database in
            var statistics = Statistics()
            try statistics.addSlots(in: range, database)
            try statistics.addDays(in: range, database)
            try statistics.addCameras(in: range, database)
            statistics.frames = statistics.cameras.reduce(0) { $0 + $1.frames }
            statistics.bytes = ByteCount(statistics.cameras.reduce(0) { $0 + $1.bytes })
            return statistics
        }
    }
}

extension Statistics {
    /// Runs are cut to the stretch: of a run, the slots with `since ≤ from_at + n × interval_ms < until` count.
    fileprivate mutating func addSlots(in range: LedgerRange, _ database: Database) throws {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    WITH cut AS (
                        SELECT outcome, CASE outcome WHEN 'rejected' THEN detail END AS verdict, ledger_run.slots,
                            ledger_run.bytes, ledger_run.frame_id,
                            CASE WHEN until_at <= :until THEN slots
                                ELSE (:until - from_at + interval_ms - 1) / interval_ms END
                            - CASE WHEN from_at >= :since THEN 0
                                ELSE (:since - from_at + interval_ms - 1) / interval_ms END AS counted
                        \(range.selection))
                    SELECT outcome, verdict, sum(counted),
                        sum(CASE WHEN counted = slots THEN cut.bytes ELSE cut.bytes * counted / slots END),
                        sum(CASE WHEN outcome IN ('duplicate', 'unchanged') THEN counted * coalesce((
                            SELECT frame.bytes FROM frame WHERE frame.id = cut.frame_id), 0) ELSE 0 END)
                    FROM cut WHERE counted > 0 GROUP BY outcome, verdict
                    """), arguments: range.arguments)
        while let row = try rows.next() {
            let outcome: SlotOutcome = try row.word(at: 0)
            let count: Int = try row.value(at: 2)
            slots[outcome, default: 0] += count
            if outcome == .rejected { rejections[try row.value(at: 1) ?? "unknown", default: 0] += count }
            if outcome == .duplicate || outcome == .unchanged { duplicates += count }
            received += try row.byteCount(at: 3)
            bytesSaved += try row.byteCount(at: 4)
        }
    }

    fileprivate mutating func addDays(in range: LedgerRange, _ database: Database) throws {
        let index = range.camera == nil ? "frame_by_time" : "frame_by_camera"
        let camera = range.camera == nil ? "" : "AND camera_id = (SELECT id FROM camera WHERE name = :camera)"
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT captured_at / 86400000 * 86400000 AS midnight, count(*), sum(bytes) FROM frame INDEXED BY \(index)
                    WHERE captured_at >= :since AND captured_at < :until \(camera)
                    GROUP BY midnight ORDER BY midnight
                    """), arguments: range.arguments)
        while let row = try rows.next() {
            let midnight = Timestamp(milliseconds: try row.value(at: 0))
            days.append(
                Day(
                    day: String(midnight.description.prefix(10)), frames: try row.value(at: 1),
                    bytes: try row.value(at: 2)))
        }
    }

    fileprivate mutating func addCameras(in range: LedgerRange, _ database: Database) throws {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT camera.name, count(frame.id), coalesce(sum(frame.bytes), 0)
                    FROM camera LEFT JOIN frame INDEXED BY frame_by_camera ON frame.camera_id = camera.id
                        AND frame.captured_at >= :since AND frame.captured_at < :until
                    \(range.camera == nil ? "" : "WHERE camera.name = :camera")
                    GROUP BY camera.id ORDER BY camera.name
                    """), arguments: range.arguments)
        while let row = try rows.next() {
            cameras.append(
                Camera(camera: try row.value(at: 0), frames: try row.value(at: 1), bytes: try row.value(at: 2)))
        }
    }
}
