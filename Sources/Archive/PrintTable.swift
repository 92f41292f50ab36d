internal import GRDB
internal import Vocabulary

/// The print jobs.
enum PrintTable {
    /// The archive's number of a print job, whose row then says what is known of it; a new row where there is none yet.
    ///
    /// The server's number tells it. Without one it is the camera's newest job that is under way, by the same witness and
    /// under the same name, unless the job began after that one was last seen: then that one ended unseen.
    static func record(_ job: PrintJob, camera: Int64, in database: Database) throws -> Int64 {
        if let id = try known(job, camera: camera, in: database) {
            try update(id, to: job, in: database)
            return id
        }
        return try insert(job, camera: camera, into: database)
    }

    static func insert(_ job: PrintJob, camera: Int64, into database: Database) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO print (camera_id, number, told_by, name, state, started_at, ended_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                camera, job.number, job.toldBy.rawValue, job.name, job.state.rawValue, job.startedAt.milliseconds,
                job.endedAt?.milliseconds,
            ])
        return database.lastInsertedRowID
    }

    private static func known(_ job: PrintJob, camera: Int64, in database: Database) throws -> Int64? {
        if let number = job.number,
            let id = try Int64.fetchOne(
                database.cachedStatement(sql: "SELECT id FROM print WHERE camera_id = ? AND number = ?"),
                arguments: [camera, number])
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

    static func update(_ id: Int64, to job: PrintJob, in database: Database) throws {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT number, name, state, started_at, ended_at, told_by FROM print WHERE id = ?"),
            arguments: [id])
        guard let row else { return }
        let known = PrintJob(
            number: try row.value(at: 0), name: try row.value(at: 1), state: try row.word(at: 2),
            startedAt: try row.timestamp(at: 3), endedAt: try row.timestampIfAny(at: 4), toldBy: try row.word(at: 5))
        let learned = known.learning(from: job)
        guard learned != known else { return }
        try database.cachedStatement(
            sql: """
                UPDATE print SET number = ?, name = ?, state = ?, started_at = ?, ended_at = ?, told_by = ? WHERE id = ?
                """
        ).execute(arguments: [
            learned.number, learned.name, learned.state.rawValue, learned.startedAt.milliseconds,
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
        learned.name = job.name ?? name
        learned.startedAt = min(startedAt, job.startedAt)
        if job.toldBy == .octoPrint { learned.toldBy = .octoPrint }
        let saysLess = job.state == .ended && !state.isActive
        if !saysLess { learned.state = job.state }
        learned.endedAt = job.endedAt.map { max($0, endedAt ?? $0) }
        return learned
    }
}
