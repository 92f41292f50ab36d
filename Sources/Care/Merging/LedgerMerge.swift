internal import Archive
internal import GRDB
internal import Storage
internal import Vocabulary

/// Slots of another archive that are to be entered into the ledger together.
struct MergedRun: Sendable {
    /// What tells a frame in any archive.
    struct Frame: Sendable {
        let capturedAt: Timestamp
        let sha256: SHA256Digest
    }

    var run: LedgerRun
    /// The frame concerned.
    var frame: Frame?
    /// Frames that were stored in these slots, by slot.
    var stored: [(slot: Timestamp, frame: Frame)] = []
}

/// Enters another archive's slots into a camera's ledger, each change keeping all of the ledger's rules.
///
/// What is recorded stands. Where the two archives leave a time between them of which neither tells, slots that were missed
/// between archives fill it, until a third one tells more.
struct LedgerMerge {
    let camera: Int64
    let database: Database

    /// - Returns: how many slots were entered.
    func enter(_ merged: MergedRun) throws -> Int {
        let run = merged.run
        let neighbours = try LedgerTable.runs(around: run, camera: camera, in: database)
        let free = LedgerCover(neighbours).slotsOutside(of: run)
        guard !free.isEmpty else { return 0 }
        for filler in neighbours where filler.isFiller && filler.from < run.until && filler.until > run.from {
            try LedgerTable.delete(filler, camera: camera, from: database)
        }
        for slots in free { try enter(run.part(slots), merged) }
        try fillHoles(around: run)
        return free.reduce(0) { $0 + $1.count }
    }

    private func enter(_ part: LedgerRun, _ merged: MergedRun) throws {
        var newest = try merged.frame.flatMap(find)
        var attached = 0
        for (slot, frame) in merged.stored where slot >= part.from && slot <= part.lastSlot {
            // One that is not here was damaged, or removed there while it was being merged.
            guard let frame = try find(frame), try FrameTable.attach(frame, toSlot: slot, in: database) else {
                continue
            }
            attached += 1
            newest = frame
        }
        let entry = LedgerEntry(
            camera: part.camera, outcome: part.outcome, detail: part.detail, first: part.from, slots: part.slots,
            interval: part.interval, bytes: part.bytes, frame: newest)
        guard try LedgerTable.record(entry, camera: camera, in: database) else {
            throw MisreadColumn(text: "\(part.from)", kind: "slot without an outcome")
        }
        if part.outcome == .stored, attached < part.slots {
            try LedgerTable.add(removed: part.slots - attached, toRunAt: part.from, camera: camera, in: database)
        }
    }

    private func find(_ frame: MergedRun.Frame) throws -> FrameID? {
        try FrameTable.frame(camera: camera, at: frame.capturedAt, sha256: frame.sha256, in: database)?.id
    }

    private func fillHoles(around run: LedgerRun) throws {
        let runs = try LedgerTable.runs(around: run, camera: camera, in: database)
        for (before, after) in zip(runs, runs.dropFirst()) {
            let hole = after.from - before.until
            guard hole > max(before.interval, after.interval) else { continue }
            let filler = LedgerEntry(
                camera: before.camera, outcome: .missed, detail: SlotReason(.betweenArchives), first: before.until,
                slots: Int(hole.milliseconds / before.interval.milliseconds), interval: before.interval, bytes: .zero,
                frame: nil)
            _ = try LedgerTable.record(filler, camera: camera, in: database)
        }
    }
}

extension LedgerTable {
    /// A camera's runs from the last one that begins before a run to the first one that begins after it.
    fileprivate static func runs(around run: LedgerRun, camera: Int64, in database: Database) throws -> [LedgerRun] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(columns) FROM ledger_run CROSS JOIN camera ON camera.id = ledger_run.camera_id
                    WHERE camera_id = ?1
                        AND from_at >= coalesce(
                            (SELECT max(from_at) FROM ledger_run WHERE camera_id = ?1 AND from_at < ?2), ?2)
                        AND from_at <= coalesce(
                            (SELECT min(from_at) FROM ledger_run WHERE camera_id = ?1 AND from_at > ?3), ?3)
                    ORDER BY from_at
                    """),
            arguments: [camera, run.from.milliseconds, run.lastSlot.milliseconds])
        return try Array(rows.map(Self.run))
    }

    /// Notes that frames of the run which an instant lies in are gone.
    fileprivate static func add(
        removed: Int, toRunAt instant: Timestamp, camera: Int64, in database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                UPDATE ledger_run SET removed = removed + ?3 WHERE camera_id = ?1 AND from_at = (
                    SELECT max(from_at) FROM ledger_run WHERE camera_id = ?1 AND from_at <= ?2)
                """
        ).execute(arguments: [camera, instant.milliseconds, removed])
    }
}
