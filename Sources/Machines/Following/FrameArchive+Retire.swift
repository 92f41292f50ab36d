internal import Archive
internal import GRDB
package import Storage
package import Vocabulary

// Whoever follows decides who is followed: what a machine publishes never undoes it.
extension FrameArchive {
    /// Lets a machine go: it is looked for no more, and not told as behind. What it told stays, unless that is to go as well. Objects in
    /// a store are never removed.
    ///
    /// - Parameters:
    ///   - machine: its name, or what it is known by.
    ///   - removesRecords: whether its frames, prints, ledgers and cameras go, some at a time: a capture may go on beside it. Where that
    ///     is interrupted, the same once more goes on with it.
    ///   - progress: called from the calling task after each step.
    /// - Returns: how each machine stands, and how many frames went.
    /// - Throws: `ArchiveError`; ``MachineError/notFollowed(machine:known:)``, ``MachineError/sameName(machine:known:)``;
    ///   `CancellationError`.
    package func retire(
        _ machine: String, removingRecords removesRecords: Bool = false, at now: Timestamp,
        progress: (FollowReport) -> Void = { _ in }
    ) async throws -> FollowReport {
        try await explained {
            let row = try row(of: machine)
            try await commit { database in
                try database.execute(
                    sql: """
                        UPDATE followed_machine SET retired_at = coalesce(retired_at, ?), behind = 0, problem = NULL, reason = NULL,
                            hint = NULL WHERE id = ?
                        """, arguments: [now.milliseconds, row])
            }
            var report = FollowReport()
            if removesRecords {
                var removal = RecordRemoval(archive: self, machine: row)
                try await removal.run { frames in
                    report.removed = frames
                    progress(report)
                }
            }
            report.machines = try read { try FollowedMachine.all(in: $0) }
            return report
        }
    }

    /// Follows a retired machine again: the next look takes in what it told since; all of it, where its records were removed.
    ///
    /// - Parameter machine: its name, or what it is known by.
    /// - Throws: as ``retire(_:removingRecords:at:progress:)``
    package func reinstate(_ machine: String) async throws {
        try await explained {
            let row = try row(of: machine)
            try await commit {
                try $0.execute(sql: "UPDATE followed_machine SET retired_at = NULL WHERE id = ?", arguments: [row])
            }
        }
    }

    private func row(of machine: String) throws -> Int64 {
        let (found, known) = try read { database in
            (
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT id, machine FROM followed_machine WHERE machine = ?1 OR name = ?1
                        ORDER BY machine <> ?1, machine
                        """, arguments: [machine]
                ).map { (id: try $0.value(at: 0) as Int64, machine: try $0.value(at: 1) as String) },
                try String.fetchAll(database, sql: "SELECT DISTINCT name FROM followed_machine ORDER BY 1")
            )
        }
        guard let first = found.first else { throw MachineError.notFollowed(machine: machine, known: known) }
        guard found.count == 1 || first.machine == machine else {
            throw MachineError.sameName(machine: machine, known: found.map(\.machine))
        }
        return first.id
    }
}

/// Removes what is here of a machine, in steps between which a capture stores.
///
/// First it is as if nothing was taken in: whoever is reinstated in the midst of it tells everything again, and what is left is found.
/// The machine's row stays, and says that it is retired.
private struct RecordRemoval {
    let archive: FrameArchive
    let machine: Int64
    private var step = CareStep(16...20_000)
    private var frames = 0

    init(archive: FrameArchive, machine: Int64) { (self.archive, self.machine) = (archive, machine) }

    private static let cameras = "(SELECT camera_id FROM followed_camera WHERE machine_id = :machine)"

    mutating func run(_ progress: (Int) -> Void) async throws {
        try await archive.commit { [machine] in
            try $0.execute(
                sql: "UPDATE followed_machine SET segment = 0, sha256 = NULL, segment_at = NULL WHERE id = ?",
                arguments: [machine])
        }
        // First what they are known by: of one that is gone nothing may lead there, and what is left is found by what it is. Then the
        // frames: their runs count them as removed. Then the runs from the oldest on: at every step the ledger is sound.
        for sql in [
            """
            DELETE FROM followed_frame WHERE machine_id = :machine AND number IN (
                SELECT number FROM followed_frame WHERE machine_id = :machine LIMIT :limit)
            """,
            """
            DELETE FROM followed_print WHERE machine_id = :machine AND number IN (
                SELECT number FROM followed_print WHERE machine_id = :machine LIMIT :limit)
            """,
            "DELETE FROM frame WHERE id IN (SELECT id FROM frame WHERE camera_id IN \(Self.cameras) LIMIT :limit)",
            """
            DELETE FROM ledger_run WHERE (camera_id, from_at) IN (
                SELECT camera_id, from_at FROM ledger_run WHERE camera_id IN \(Self.cameras)
                ORDER BY camera_id, from_at LIMIT :limit)
            """,
            "DELETE FROM print WHERE id IN (SELECT id FROM print WHERE camera_id IN \(Self.cameras) LIMIT :limit)",
        ] { try await remove(sql, progress) }
        try await archive.commit { [machine] in try Self.removeRest(of: machine, in: $0) }
    }

    private mutating func remove(_ sql: String, _ progress: (Int) -> Void) async throws {
        let isOfFrames = sql.hasPrefix("DELETE FROM frame")
        var count = 0
        repeat {
            try Task.checkCancellation()
            let arguments: StatementArguments = ["machine": machine, "limit": step.size]
            let (removed, time) = try await archive.commitStep { database in
                try database.cachedStatement(sql: sql).execute(arguments: arguments)
                return database.changesCount
            }
            count = removed
            step.measured(count, took: time)
            if isOfFrames {
                frames += count
                progress(frames)
            }
        } while count > 0
    }

    /// Places of pictures that other machines show as well stay known.
    private static func removeRest(of machine: Int64, in database: Database) throws {
        try database.execute(
            sql: """
                DELETE FROM followed_pack WHERE machine_id = ? AND id NOT IN (
                    SELECT pack_id FROM followed_content WHERE pack_id IS NOT NULL)
                """, arguments: [machine])
        // Their names are free again.
        let cameras = try Int64.fetchAll(
            database, sql: "SELECT camera_id FROM followed_camera WHERE machine_id = ?", arguments: [machine])
        for camera in cameras {
            try database.execute(sql: "DELETE FROM followed_camera WHERE camera_id = ?", arguments: [camera])
            try database.execute(sql: "DELETE FROM camera WHERE id = ?", arguments: [camera])
        }
    }
}
