internal import Archive
internal import GRDB
internal import Storage
internal import Vocabulary

/// A print job of another archive, with what its owner said about it.
struct MergedPrint: Sendable {
    /// Its number there.
    let id: Int64
    let job: PrintJob
    let isExcluded: Bool
    let isPinned: Bool
    let note: String?
}

extension PrintTable {
    /// A camera's print jobs, in the order of their numbers.
    static func all(of camera: CameraName, in database: Database) throws -> [MergedPrint] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(columns), print.id, excluded, pinned, note
                    FROM camera CROSS JOIN print ON print.camera_id = camera.id WHERE camera.name = ? ORDER BY print.id
                    """), arguments: [camera.text])
        return try Array(
            rows.map { row in
                // What cannot be is damage, which does not spread.
                var job = try record(row)
                if let number = job.number, number < 0 { job.number = nil }
                if let ended = job.endedAt, !ended.isPlausible { job.endedAt = nil }
                let plausible = Timestamp.plausible
                job.startedAt = min(plausible.upperBound, max(plausible.lowerBound, job.startedAt))
                return MergedPrint(
                    id: try row.value(at: 7), job: job, isExcluded: try row.value(at: 8),
                    isPinned: try row.value(at: 9), note: try row.value(at: 10))
            })
    }

    /// The number here of another archive's print job, whose row then says what both know.
    ///
    /// The server's number tells that two are the same, if they ran at about the same time: numbers begin anew on another server.
    /// Where one has none, its beginning, name and witness do. (A beginning of 0 is not known: the first version kept none.)
    static func merge(
        _ print: MergedPrint, camera: Int64, in database: Database
    ) throws -> (id: Int64, isNew: Bool) {
        let known = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT id, ended_at IS NOT NULL FROM print WHERE camera_id = ?1 AND (
                        number = ?2 AND (series IS NULL OR ?6 IS NULL OR series = ?6) AND (
                            started_at = 0 OR ?3 = 0
                            OR started_at <= coalesce(?7, ?3 + ?9) + ?8 AND ?3 <= coalesce(ended_at, started_at + ?9) + ?8)
                        OR (number IS NULL OR ?2 IS NULL) AND started_at = ?3 AND told_by = ?4 AND name IS ?5)
                    ORDER BY number IS NULL, abs(started_at - ?3) LIMIT 1
                    """),
            arguments: [
                camera, print.job.number, print.job.startedAt.milliseconds, print.job.toldBy.rawValue, print.job.name,
                print.job.series, print.job.endedAt?.milliseconds, PrintJob.longestApart.milliseconds,
                PrintJob.longest.milliseconds,
            ])
        let id: Int64
        if let known {
            id = try known.value(at: 0)
            let hasEnded: Bool = try known.value(at: 1)
            // A copy from while it was under way has nothing to tell of one that has ended.
            if !hasEnded || !print.job.state.isActive { try update(id, to: print.job, in: database) }
        } else {
            id = try insert(print.job, camera: camera, into: database)
        }
        try database.cachedStatement(
            sql: """
                UPDATE print SET excluded = max(excluded, ?2), pinned = max(pinned, ?3), note = coalesce(note, ?4)
                WHERE id = ?1 AND (excluded < ?2 OR pinned < ?3 OR note IS NULL AND ?4 IS NOT NULL)
                """
        ).execute(arguments: [id, print.isExcluded, print.isPinned, print.note])
        return (id, known == nil)
    }
}
