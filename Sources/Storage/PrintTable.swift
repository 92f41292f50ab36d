package import Archive
package import GRDB
package import Vocabulary

/// The print jobs.
package enum PrintTable {
    /// The archive's number of a print job, whose row then says what is known of it; a new row where there is none yet.
    ///
    /// The server's number tells it, of the same series, unless a job of another number came in between or the one that is known
    /// ended longer ago than a print can last: then numbers began anew, as on another server. Without a number it is the
    /// camera's newest job that is under way, by the same witness and under the same name, unless the job began after that one
    /// was last seen: then that one ended unseen.
    static func record(_ job: PrintJob, camera: Int64, in database: Database) throws -> Int64 {
        if let id = try known(job, camera: camera, in: database) {
            try update(id, to: job, in: database)
            return id
        }
        return try insert(job, camera: camera, into: database)
    }

    /// What the owner said of a print, which holds for its frames from the beginning.
    struct Marks {
        var isExcluded = false
        var isPinned = false
    }

    static func marks(of print: Int64?, in database: Database) throws -> Marks {
        guard let print else { return Marks() }
        return try Row.fetchOne(
            database.cachedStatement(sql: "SELECT excluded, pinned FROM print WHERE id = ?"), arguments: [print]
        ).map { Marks(isExcluded: try $0.value(at: 0), isPinned: try $0.value(at: 1)) } ?? Marks()
    }

    /// The columns of ``record(_:)``, in its order.
    package static let columns =
        "print.number, print.name, print.state, print.started_at, print.ended_at, print.told_by, print.series"

    /// Reads a row that begins with ``columns``.
    package static func record(_ row: Row) throws -> PrintJob {
        PrintJob(
            number: try row.value(at: 0), series: try row.value(at: 6), name: try row.value(at: 1),
            state: try row.word(at: 2), startedAt: try row.timestamp(at: 3), endedAt: try row.timestampIfAny(at: 4),
            toldBy: try row.word(at: 5))
    }

    package static func insert(_ job: PrintJob, camera: Int64, into database: Database) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO print (camera_id, number, series, told_by, name, state, started_at, ended_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                camera, job.number, job.series, job.toldBy.rawValue, job.name, job.state.rawValue,
                job.startedAt.milliseconds,
                job.endedAt?.milliseconds,
            ])
        return database.lastInsertedRowID
    }

    private static func known(_ job: PrintJob, camera: Int64, in database: Database) throws -> Int64? {
        if let number = job.number,
            let id = try Int64.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT id FROM print
                        WHERE id = (
                                SELECT max(id) FROM print
                                WHERE camera_id = ?1 AND number = ?2 AND (series IS NULL OR ?3 IS NULL OR series = ?3))
                            AND NOT EXISTS (
                                SELECT 1 FROM print AS other WHERE other.camera_id = ?1 AND other.id > print.id
                                    AND (other.number <> ?2 OR other.number = ?2 AND other.series <> ?3))
                            AND (ended_at IS NULL OR ?4 - ended_at <= ?5)
                        """),
                arguments: [
                    camera, number, job.series, job.startedAt.milliseconds, PrintJob.longest.milliseconds,
                ])
        {
            return id
        }
        return try Int64.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT id FROM print
                    WHERE id = (
                            SELECT id FROM print WHERE camera_id = ?1 AND ended_at IS NULL
                            ORDER BY started_at DESC, id DESC LIMIT 1)
                        AND (number IS NULL OR ?2 IS NULL) AND (name IS NULL OR ?3 IS NULL OR name = ?3)
                        AND ?4 <= coalesce(
                            (SELECT max(captured_at) FROM frame WHERE print_id = print.id AND camera_id = ?1), started_at)
                    """),
            arguments: [camera, job.number, job.name, job.startedAt.milliseconds])
    }

    package static func update(_ id: Int64, to job: PrintJob, in database: Database) throws {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT \(columns) FROM print WHERE id = ?"),
            arguments: [id])
        guard let row else { return }
        let known = try record(row)
        let learned = known.learning(from: job)
        guard learned != known else { return }
        try database.cachedStatement(
            sql: """
                UPDATE print SET number = ?, series = ?, name = ?, state = ?, started_at = ?, ended_at = ?, told_by = ? WHERE id = ?
                """
        ).execute(arguments: [
            learned.number, learned.series, learned.name, learned.state.rawValue, learned.startedAt.milliseconds,
            learned.endedAt?.milliseconds, learned.toldBy.rawValue, id,
        ])
    }
}

extension PrintJob {
    /// What is known of a print when a witness tells more: one that knows less takes nothing away. The progress is left alone,
    /// because it belongs to a moment.
    fileprivate func learning(from job: PrintJob) -> PrintJob {
        var learned = self
        learned.number = number ?? job.number
        learned.series = series ?? job.series
        learned.name = job.name ?? name
        learned.startedAt = min(startedAt, job.startedAt)
        if job.toldBy == .octoPrint { learned.toldBy = .octoPrint }
        let saysLess = job.state == .ended && !state.isActive
        if !saysLess { learned.state = job.state }
        learned.endedAt = job.endedAt.map { max($0, endedAt ?? $0) }
        return learned
    }
}

/// A print job that had not ended when the archive was last written.
package struct OpenPrint: Hashable, Sendable {
    package let job: PrintJob
    /// When its newest frame was captured; its beginning where it has none.
    package let seenAt: Timestamp
}

extension FrameArchive {
    /// The camera's newest print job, if it has not ended.
    package func openPrint(of camera: CameraName) throws(ArchiveError) -> OpenPrint? {
        try read { database in
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT \(PrintTable.columns), frame.captured_at, frame.progress
                        FROM print LEFT JOIN frame ON frame.id = (SELECT max(id) FROM frame WHERE print_id = print.id)
                        WHERE ended_at IS NULL AND print.id = (
                            SELECT max(print.id) FROM camera CROSS JOIN print ON print.camera_id = camera.id
                            WHERE camera.name = ?)
                        """), arguments: [camera.text])
            guard let row else { return nil }
            var job = try PrintTable.record(row)
            job.progress = try row.value(at: 8)
            return OpenPrint(job: job, seenAt: try row.timestampIfAny(at: 7) ?? job.startedAt)
        }
    }
}
