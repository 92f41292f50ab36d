package import Archive
internal import GRDB
package import Vocabulary

extension FrameArchive {
    /// Enters a leap of the clock, while nothing is captured.
    ///
    /// Where it was set back into a time in which nobody captured, the rest of that time was none.
    ///
    /// - Parameter reason: from a fixed set.
    package func recordLeap(
        before: Timestamp, after: Timestamp, reason: String
    ) async throws(ArchiveError) {
        try await changes.commit { database in
            try ClockEventTable.insert(.leap, before: before, after: after, reason: reason, into: database)
            if after < before { try ClockEventTable.cutFillers(at: after, in: database) }
        }
    }

    /// Enters that the clock's time is doubtful from now on, or that it is not any more.
    package func recordDoubt(_ kind: ClockEvent.Kind, at now: Timestamp, reason: String) async throws(ArchiveError) {
        try await changes.commit { database in
            try ClockEventTable.insert(kind, before: now, after: now, reason: reason, into: database)
        }
    }

    /// What became known of the clock, in the order of happening.
    package func clockEvents() throws(ArchiveError) -> [ClockEvent] {
        try read { try ClockEventTable.all(in: $0) }
    }

    /// The latest slot that any ledger tells of; `nil` where there is none.
    package func latestSlot() throws(ArchiveError) -> Timestamp? {
        try read { database in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT max((SELECT until_at - interval_ms FROM ledger_run WHERE camera_id = camera.id
                        ORDER BY from_at DESC LIMIT 1))
                    FROM camera
                    """
            ).map(Timestamp.init(milliseconds:))
        }
    }
}

extension ClockEventTable {
    fileprivate static func insert(
        _ kind: ClockEvent.Kind, before: Timestamp, after: Timestamp, reason: String, into database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO clock_event (kind, before_at, after_at, frame_id, reason)
                VALUES (?, ?, ?, (SELECT coalesce(max(id), 0) FROM frame), ?)
                """
        ).execute(arguments: [kind.rawValue, before.milliseconds, after.milliseconds, reason])
    }

    /// Shortens, in all cameras' ledgers, what fills time in which nobody captured where an instant lies in it: what comes after
    /// that was not there yet, and is told of slot by slot.
    fileprivate static func cutFillers(at instant: Timestamp, in database: Database) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT \(LedgerTable.columns), camera_id FROM ledger_run CROSS JOIN camera ON camera.id = camera_id
                WHERE outcome = 'missed' AND from_at <= ?1 AND until_at > ?1 ORDER BY camera_id, from_at
                """, arguments: [instant.milliseconds])
        let fillers = try Array(rows.map { (try LedgerTable.run($0), try $0.value(at: 9) as Int64) })
        for (run, camera) in fillers where run.isSoft {
            try LedgerTable.delete(run, camera: camera, from: database)
            guard let rest = run.part(before: instant) else { continue }
            try LedgerTable.insert(rest, camera: camera, into: database)
        }
    }
}
