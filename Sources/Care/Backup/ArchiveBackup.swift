internal import Archive
internal import Foundation
package import GRDB
internal import Storage
internal import Synchronization
package import Vocabulary

/// Makes one backup of an archive, beside a running capture if need be.
package struct ArchiveBackup: Sendable {
    private let database: any DatabaseReader
    private let path: String
    private let now: Timestamp

    /// So many pages are copied between two looks at whether to go on: 2 MiB, or 16 in an archive with pages of 16 KiB.
    private static let pagesAtOnce: CInt = 1024

    /// - Parameters:
    ///   - database: the archive, opened for reading.
    ///   - path: its file, links resolved.
    ///   - now: names a backup in a folder.
    package init(database: any DatabaseReader, path: String, now: Timestamp) {
        (self.database, self.path, self.now) = (database, path, now)
    }

    /// - Throws: ``BackupError``, ``ArchiveError``, `CancellationError`.
    package func make(
        at destination: String, force: Bool, progress: @escaping @Sendable (BackupProgress) -> Void
    ) async throws -> BackupReport {
        let target = BackupTarget(destination, of: path, at: now, force: force)
        let source = try await database.read { try ArchiveSummary(in: $0) }
        try target.requireReplaceable(by: source, archive: path)
        let partial = try PartialBackup(for: target)
        do {
            let method = try await fill(partial, target, progress)
            let figures = try await verify(partial, progress)
            try Task.checkCancellation()
            try target.requireReplaceable(by: source, archive: path)
            let replaced = target.isOccupied
            let bytes = try partial.size()
            let isDurable = try partial.commit(replacing: replaced)
            return BackupReport(
                archive: path, path: target.path, method: method, bytes: bytes, frames: figures.frames,
                pictures: figures.pictures, offloaded: figures.offloaded, quarantined: figures.quarantined,
                replaced: replaced,
                isDurable: isDurable)
        } catch {
            partial.discard()
            throw error
        }
    }

    private func fill(
        _ partial: PartialBackup, _ target: BackupTarget, _ progress: @escaping @Sendable (BackupProgress) -> Void
    ) async throws -> BackupReport.Method {
        if try clone(into: partial) { return .clone }
        try partial.clear()
        let bytes = try await database.read { database in
            try Int64.fetchOne(
                database, sql: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()") ?? 0
        }
        try target.requireRoom(for: bytes)
        do {
            try await copy(to: partial, progress)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            try target.requireRoom(for: bytes)
            throw BackupError(systemError: ENOSPC, path: target.path)
        } catch let error as DatabaseError {
            throw BackupError.failed(path: target.path, reason: error.message ?? "\(error.extendedResultCode)")
        }
        return .copy
    }

    // MARK: - Cloning

    /// File and log are cloned while nobody else may write, which takes milliseconds. A checkpoint may go on meanwhile: what
    /// it copies into the file is in the log as well, and a log does not begin anew while its lock is held.
    ///
    /// - Returns: whether the file system can, and the lock was to be had.
    private func clone(into partial: PartialBackup) throws -> Bool {
        // A try, which also has what is not on disk yet written outside of the lock.
        guard try ArchivePresence.withDescriptor(of: path, { partial.clone($0) }) else { return false }
        try partial.clear()
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.label = "backup"
        do {
            let writer = try DatabaseQueue(path: path, configuration: configuration)
            let isCloned = try writer.writeWithoutTransaction { database in
                try database.beginTransaction(.immediate)
                let isCloned =
                    try ArchivePresence.withDescriptor(of: path) { partial.clone($0) } && partial.cloneLog(of: path)
                try database.rollback()
                return isCloned
            }
            try writer.close()
            if isCloned { try recover(partial) }
            return isCloned
        } catch is DatabaseError {
            return false  // an archive that cannot be written can still be copied
        }
    }

    /// Brings what is in the clone's log into its file, as after a power loss.
    private func recover(_ partial: PartialBackup) throws {
        let copy = try DatabaseQueue(path: partial.path)
        try copy.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try copy.close()
    }

    // MARK: - Copying

    /// By SQLite's backup interface, of one state of the archive. A log that grows meanwhile begins anew afterwards.
    private func copy(
        to partial: PartialBackup, _ progress: @escaping @Sendable (BackupProgress) -> Void
    ) async throws {
        let isCancelled = Flag()
        try await withTaskCancellationHandler {
            try await database.read { source in
                // A first look settles which state is copied.
                _ = try Schema.version(of: source)
                var configuration = Configuration()
                configuration.prepareDatabase { database in
                    // The file is put on disk when it is whole, and is nothing before.
                    try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
                }
                let copy = try DatabaseQueue(path: partial.path, configuration: configuration)
                try copy.writeWithoutTransaction { copy in
                    try source.backup(to: copy, pagesPerStep: Self.pagesAtOnce) { step in
                        guard !isCancelled.isSet else { throw CancellationError() }
                        progress(.copying(done: step.completedPageCount, of: step.totalPageCount))
                    }
                }
                try copy.close()
            }
        } onCancel: {
            isCancelled.set()
        }
    }

    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }

    // MARK: - Verifying

    private struct Figures {
        var frames = 0
        var pictures = 0
        var offloaded = 0
        var quarantined = 0
    }

    /// Holds every picture that is in the copy against its digest, and checks everything else as for an archive.
    private func verify(
        _ partial: PartialBackup, _ progress: @escaping @Sendable (BackupProgress) -> Void
    ) async throws -> Figures {
        let pool = try ArchiveError.wrapping(partial.path) { try RestingArchive.pool(partial.path) }
        var figures = Figures()
        let verifier = ArchiveVerifier(
            database: pool, path: path, depth: .hashes, pictures: ArchivePictures(ofArchive: partial.path))
        let report = try await verifier.verify(VerifyRequest()) { step in
            figures.pictures = step.picturesChecked
            progress(.verifying(done: step.picturesChecked, of: step.pictures))
        }
        guard report.isSound else {
            throw BackupError.damaged(
                problems: report.damaged.map { "frame \($0.frame): \($0.problem)" } + report.problems)
        }
        (figures.quarantined, figures.offloaded) = (report.quarantined, report.picturesPassedOver)
        figures.frames = try await pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM frame") ?? 0 }
        try pool.close()
        return figures
    }
}
