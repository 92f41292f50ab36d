internal import Archive
internal import GRDB
internal import Vocabulary

/// Frames of a stretch of time, for counting them.
struct FrameRange {
    private let range: LedgerRange
    private let stretch: TotalsStretch
    private let totalsUntil: Timestamp

    init(_ range: LedgerRange, in database: Database) throws {
        let until = try Int64.fetchOne(database.cachedStatement(sql: "SELECT totals_until FROM archive_info"))
        self.range = range
        totalsUntil = Timestamp(milliseconds: until ?? 0)
        stretch = TotalsStretch(since: range.since, until: range.until, totalsUntil: totalsUntil)
    }

    /// The frames of each camera, by its name, also of those that have none.
    func cameras(_ database: Database) throws -> [Statistics.Camera] {
        var counts: [Int64: (frames: Int, bytes: Int64)] = [:]
        let totals = try Row.fetchCursor(
            database.cachedStatement(
                sql:
                    "SELECT camera_id, CAST(total(frames) AS INTEGER), CAST(total(bytes) AS INTEGER) FROM (\(parts)) GROUP BY camera_id"
            ),
            arguments: arguments)
        while let row = try totals.next() {
            counts[try row.value(at: 0)] = (try row.count(at: 1), try row.byteCount(at: 2).bytes)
        }
        let names = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT id, name FROM camera WHERE ?1 IS NULL OR name = ?1 ORDER BY name"),
            arguments: [range.camera?.text])
        return try Array(
            names.map { row in
                let count = counts[try row.value(at: 0)] ?? (0, 0)
                return Statistics.Camera(camera: try row.value(at: 1), frames: count.frames, bytes: count.bytes)
            })
    }

    /// How many frames are suspected of what.
    func suspects(_ database: Database) throws -> [String: Int] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT suspect, count(*) FROM frame INDEXED BY frame_suspect
                    CROSS JOIN camera ON camera.id = frame.camera_id
                    WHERE suspect IS NOT NULL AND captured_at >= ?1 AND captured_at < ?2 AND (?3 IS NULL OR camera.name = ?3)
                    GROUP BY suspect
                    """),
            arguments: [range.since?.milliseconds ?? .min, range.until?.milliseconds ?? .max, range.camera?.text])
        var counts: [String: Int] = [:]
        while let row = try rows.next() { counts[try row.value(at: 0)] = try row.value(at: 1) }
        return counts
    }

    /// The hours that have frames, in order.
    func hours(_ database: Database) throws -> [Statistics.Hour] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql:
                    "SELECT hour, CAST(total(frames) AS INTEGER), CAST(total(bytes) AS INTEGER) FROM (\(parts)) GROUP BY hour ORDER BY hour"
            ),
            arguments: arguments)
        return try Array(
            rows.map {
                Statistics.Hour(
                    hour: try $0.timestamp(at: 0), frames: try $0.count(at: 1), bytes: try $0.byteCount(at: 2).bytes)
            })
    }

    /// The prints that have frames, in order.
    ///
    /// A print that lies in the stretch as a whole has its totals; one that reaches out of it is counted by an index.
    func prints(_ database: Database) throws -> [Statistics.Print] {
        let frames = "FROM frame INDEXED BY frame_by_print WHERE print_id = print.id"
        let within = "captured_at >= :since AND captured_at < :until"
        let isWhole = """
            (SELECT min(captured_at) \(frames)) >= :since AND (SELECT max(captured_at) \(frames)) < :until
            """
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT print.id, camera.name, print.name,
                        CASE WHEN \(isWhole)
                            THEN print.frames + (SELECT count(*) \(frames) AND captured_at >= :totals)
                            ELSE (SELECT count(*) \(frames) AND \(within)) END AS frames,
                        CASE WHEN \(isWhole)
                            THEN print.bytes + (SELECT CAST(total(bytes) AS INTEGER) \(frames) AND captured_at >= :totals)
                            ELSE (SELECT CAST(total(bytes) AS INTEGER) \(frames) AND \(within)) END AS bytes
                    FROM print CROSS JOIN camera ON camera.id = print.camera_id
                    WHERE :camera IS NULL OR camera.name = :camera ORDER BY print.id
                    """),
            arguments: [
                "since": range.since?.milliseconds ?? .min, "until": range.until?.milliseconds ?? .max,
                "totals": totalsUntil.milliseconds, "camera": range.camera?.text,
            ])
        return try Array(
            rows.map {
                Statistics.Print(
                    print: try $0.value(at: 0), camera: try $0.value(at: 1), name: try $0.value(at: 2),
                    frames: try $0.count(at: 3), bytes: try $0.byteCount(at: 4).bytes)
            }
        ).filter { $0.frames > 0 }
    }

    /// The totals of hours, and single frames as if they were totals.
    private var parts: String {
        let edges = stretch.edges.indices.map { edge in
            """
            SELECT camera.id, captured_at / \(TotalsStretch.hour) * \(TotalsStretch.hour), 1, bytes
            FROM camera CROSS JOIN frame INDEXED BY frame_by_camera ON frame.camera_id = camera.id
            WHERE captured_at >= :from\(edge) AND captured_at < :until\(edge) AND (:camera IS NULL OR camera.name = :camera)
            """
        }
        let hours = """
            SELECT camera.id AS camera_id, hour, frames, bytes
            FROM camera CROSS JOIN frame_hour ON frame_hour.camera_id = camera.id
            WHERE hour >= :first AND hour < :last AND (:camera IS NULL OR camera.name = :camera)
            """
        return ([hours] + edges).joined(separator: " UNION ALL ")
    }

    private var arguments: StatementArguments {
        var values: [String: (any DatabaseValueConvertible)?] = [
            "camera": range.camera?.text, "first": stretch.hours.lowerBound, "last": stretch.hours.upperBound,
        ]
        for (index, edge) in stretch.edges.enumerated() {
            values["from\(index)"] = edge.lowerBound
            values["until\(index)"] = edge.upperBound
        }
        return StatementArguments(values)
    }
}
