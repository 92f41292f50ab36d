internal import Archive
package import Catalog
internal import Foundation
internal import GRDB
internal import Storage
internal import Vocabulary

extension Catalog {
    /// Makes a consistent, verified copy of the archive, beside a running capture if need be.
    ///
    /// Where the file systems can share blocks (xfs, btrfs) the copy is made in an instant and takes room only for what
    /// changes later; elsewhere it is made by SQLite's backup interface. Every picture of the copy is held against its
    /// digest before it gets its name, which happens in one step: there is a whole backup under it, or what was there before.
    ///
    /// - Parameters:
    ///   - destination: a file, or a folder, in which the backup gets the archive's name with the time.
    ///   - force: replaces whatever file is there, and not only an earlier backup of this archive.
    ///   - progress: called from any task.
    /// - Throws: ``BackupError``; ``ArchiveError`` where the archive cannot be read; `CancellationError`.
    package func backup(
        to destination: String, force: Bool = false,
        progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
    ) async throws -> BackupReport {
        let now = Timestamp.wallClock
        do {
            return try await ArchiveBackup(database: pool, path: path, now: now)
                .make(at: destination, force: force, progress: progress)
        } catch let error as BackupError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ArchiveError(error, path: path)
        }
    }
}
