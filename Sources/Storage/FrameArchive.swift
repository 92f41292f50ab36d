package import Archive
package import Deduplication
package import GRDB
package import NIOCore
internal import Synchronization
package import Validation
package import Vocabulary

/// An archive opened for writing: keeps frames, accounts for slots, and takes care of what is kept.
///
/// Whatever returns without an error is on disk: its transaction is committed and synced. Reading is ``Catalog``'s
/// task; the few questions answered here are the capture job's own.
package final class FrameArchive: Sendable {
    /// The archive's file, links resolved.
    package let path: String

    package let pool: DatabasePool
    let changes: CommitQueue
    let log: WriteAheadLog
    package let pictures: ArchivePictures
    package let role: ArchiveRole
    /// `nil` once the archive is closed, and in a role that needs none.
    let lock: Mutex<WriterLock?>
    /// `nil` once the archive is closed.
    let fileLock: Mutex<FileLock?>

    init(
        path: String, role: ArchiveRole, pool: DatabasePool, log: WriteAheadLog, files: ArchiveFiles,
        lock: consuming WriterLock?, fileLock: consuming FileLock
    ) {
        self.path = path
        self.role = role
        self.pool = pool
        self.log = log
        pictures = ArchivePictures(ofArchive: path)
        self.lock = Mutex(lock)
        self.fileLock = Mutex(fileLock)
        changes = CommitQueue(pool: pool, log: log, files: files, path: path)
    }

    /// How many transactions were committed since the archive was opened. Frames that were ready together share one.
    package var commits: Int { changes.commits }

    /// Makes a change that shares its transaction with others, and returns once it is on disk.
    package func commit<Value: Sendable>(
        _ change: @escaping @Sendable (Database) throws -> Value
    ) async throws(ArchiveError) -> Value {
        try await changes.commit(change)
    }

    /// Keeps a frame: its picture, its record, its print and its slot's outcome, all or nothing.
    ///
    /// The same picture captured at the same instant by the same camera is one frame, however often it is stored: the
    /// frame that is there comes back.
    ///
    /// - Parameter received: what came over the network for the slot, attempts that failed included.
    /// - Returns: the frame's record, once it is on disk.
    package func store(
        _ frame: NovelFrame, for slot: Slot, received: ByteCount,
        circumstances: FrameCircumstances = FrameCircumstances()
    ) async throws(ArchiveError) -> ArchivedFrame {
        let storage = FrameStorage(
            frame: frame, slot: slot, received: received, circumstances: circumstances, pictures: pictures)
        return try await changes.commit { try storage.store(in: $0) }
    }

    /// Notes how a print job stands, with or without a new frame of it.
    package func record(_ print: PrintJob, camera: CameraName) async throws(ArchiveError) {
        try await changes.commit { database in
            let camera = try CameraTable.idOrNew(of: camera, in: database)
            _ = try PrintTable.record(print, camera: camera, in: database)
        }
    }

    /// Accounts for a slot in which no frame was stored. A slot that has an outcome already keeps it.
    ///
    /// - Parameters:
    ///   - detail: the reason in a few words from a fixed set: slots with the same one share a run.
    ///   - seen: the frame that the camera still shows (`duplicate`, `unchanged`); it is noted as seen at the slot's
    ///     instant.
    package func record(
        _ outcome: SlotOutcome, detail: SlotReason?, for slot: Slot, camera: CameraName, received: ByteCount,
        seen: FrameID?
    ) async throws(ArchiveError) {
        try await changes.commit { database in
            let entry = LedgerEntry(
                camera: camera, outcome: outcome, detail: detail, first: slot.due, interval: slot.interval,
                bytes: received, frame: seen)
            let id = try CameraTable.idOrNew(of: camera, in: database)
            let isNew = try LedgerTable.record(entry, camera: id, in: database)
            if isNew, let seen { try FrameTable.see(seen, at: slot.due, in: database) }
        }
    }

    /// Accounts for runs of slots in which no frame was stored, all of them or none. Slots that have an outcome already
    /// keep it.
    package func record(_ runs: [SlotRun], camera: CameraName) async throws(ArchiveError) {
        let runs = runs.filter { $0.slots > 0 }
        guard !runs.isEmpty else { return }
        try await changes.commit { database in
            let id = try CameraTable.idOrNew(of: camera, in: database)
            for run in runs {
                let entry = LedgerEntry(
                    camera: camera, outcome: run.outcome, detail: run.detail, first: run.first, slots: run.slots,
                    interval: run.interval, bytes: run.received, frame: nil)
                _ = try LedgerTable.record(entry, camera: id, in: database)
            }
        }
    }

    /// Keeps a rejected body and its verdict for a while: the newest 64 bodies, and of those no more than 64 MiB.
    package func quarantine(_ snapshot: Snapshot, _ rejection: FrameRejection) async throws(ArchiveError) {
        try await changes.commit { database in
            let camera = try CameraTable.idOrNew(of: snapshot.origin.camera, in: database)
            try QuarantineTable.insert(snapshot, rejection, camera: camera, into: database)
        }
    }

    /// Keeps a usage reading, with what was received since the one before.
    ///
    /// - Parameters:
    ///   - received: all bytes, those of `proxied` included.
    ///   - proxied: those of calls through the tunnel to OctoPrint, which the server counts.
    ///   - captures: the pictures fetched.
    package func recordUsage(
        _ reading: UsageReading, camera: CameraName, received: ByteCount, proxied: ByteCount, captures: Int
    ) async throws(ArchiveError) {
        try await changes.commit { database in
            let camera = try CameraTable.idOrNew(of: camera, in: database)
            try UsageTable.insert(
                reading, camera: camera, received: received, proxied: proxied, captures: captures, into: database)
        }
    }
}

// MARK: - What the job asks at its start

extension FrameArchive {
    /// The camera's newest frame, for telling duplicates. Its luma picture is not stored: decode ``picture(of:)``.
    package func lastKept(of camera: CameraName) throws(ArchiveError) -> LastKept? {
        try read { try FrameTable.last(of: camera, in: $0) }
            .map { LastKept(frame: $0.id, sha256: $0.sha256, capturedAt: $0.capturedAt, luma: nil) }
    }

    /// The camera's newest frame, whatever is known of its picture.
    package func newestFrame(of camera: CameraName) throws(ArchiveError) -> ArchivedFrame? {
        try read { try FrameTable.last(of: camera, in: $0) }
    }

    /// The camera's last run in the ledger: where its grid of slots goes on.
    ///
    /// - Parameter instant: the last one that begins by then. Later ones are of a time when the clock was wrong.
    package func lastRun(
        of camera: CameraName, by instant: Timestamp = Timestamp(milliseconds: .max)
    ) throws(ArchiveError) -> LedgerRun? {
        try read { try LedgerTable.run(beginningBy: instant, of: camera, in: $0) }
    }

    /// The camera's usage readings since an instant.
    ///
    /// - Parameters:
    ///   - until: now; what was read or received later was so by a wrong clock.
    ///   - limit: of records; what those before them come to is summed up.
    package func usageHistory(
        of camera: CameraName, since: Timestamp, until: Timestamp = Timestamp(milliseconds: .max), limit: Int = 64
    ) throws(ArchiveError) -> UsageHistory {
        try read { try UsageTable.history(of: camera, since: since, until: until, limit: limit, in: $0) }
    }

    /// The frame's picture, hashed again on the way out.
    ///
    /// - Throws: ``ArchiveError/noSuchFrame(_:)``; ``ArchiveError/damaged(path:what:)`` where the bytes changed at
    ///   rest.
    package func picture(of id: FrameID) throws(ArchiveError) -> ByteBuffer {
        try read { database in
            guard let frame = try FrameTable.frame(id, in: database) else { throw ArchiveError.noSuchFrame(id) }
            return try PictureTable.checkedPicture(of: frame, from: pictures, archive: self.path, in: database).bytes
        }
    }

    /// One short read of one state of the archive.
    package func read<Value>(_ body: (Database) throws -> Value) throws(ArchiveError) -> Value {
        try ArchiveError.wrapping(path) { try pool.read(body) }
    }
}
