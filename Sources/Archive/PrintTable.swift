internal import GRDB
internal import Vocabulary

/// The print jobs.
enum PrintTable {
    /// The archive's number of a print job, whose row then says what is known of it; a new row where there is none yet.
    ///
    /// The server's number tells it. Without one it is the camera's newest job that is under way by the same witness and
    /// under the same name, unless the job began after that one was last seen: then that one ended unseen.
    static func record(_ job: PrintJob, camera: Int64, in database: Database) throws -> Int64 {
        if let id = try known(job, camera: camera, in: database) {
            try update(id, to: job, in: database)
            return id
        }
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
                    WHERE id = (SELECT max(id) FROM print WHERE camera_id = ?1) AND ended_at IS NULL
                        AND (number IS NULL OR ?2 IS NULL) AND (name IS NULL OR ?3 IS NULL OR name = ?3)
                        AND ?4 <= coalesce(
                            (SELECT max(captured_at) FROM frame WHERE print_id = print.id AND camera_id = ?1), started_at)
                    """),
            arguments: [camera, job.number, job.name, job.startedAt.milliseconds])
    }

    /// What is known stays known: a witness that knows less takes nothing away.
    private static func update(_ id: Int64, to job: PrintJob, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE print SET number = coalesce(number, ?2), name = coalesce(?3, name), state = ?4,
                    told_by = CASE WHEN ?5 = 'octoprint' THEN ?5 ELSE told_by END,
                    started_at = min(started_at, ?6), ended_at = ?7
                WHERE id = ?1 AND (number IS NOT coalesce(number, ?2) OR name IS NOT coalesce(?3, name)
                    OR state <> ?4 OR (?5 = 'octoprint' AND told_by <> ?5) OR started_at > ?6 OR ended_at IS NOT ?7)
                """
        ).execute(arguments: [
            id, job.number, job.name, job.state.rawValue, job.toldBy.rawValue, job.startedAt.milliseconds,
            job.endedAt?.milliseconds,
        ])
    }
}
