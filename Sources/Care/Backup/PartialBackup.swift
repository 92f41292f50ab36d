internal import CFileSystem
internal import Foundation
internal import Vocabulary

/// A backup in the making, under a hidden name in its folder.
///
/// Its lock tells the next backup that somebody is at work on it, and goes with the process, however it ends: what a killed
/// one left is cleared away by the next.
final class PartialBackup: Sendable {
    let path: String
    private let target: BackupTarget
    private let descriptor: Int32

    private static let prefix = ".printlapse-backup-"
    private static let suffixes = ["", "-wal", "-shm", "-journal"]

    init(for target: BackupTarget) throws(BackupError) {
        self.target = target
        Self.clearAwayLeftovers(in: target.folder)
        path = target.folder + "/" + Self.prefix + String(UInt64.random(in: .min ... .max), radix: 36)
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw BackupError(systemError: errno, path: target.path) }
        // Where a file system has no locks nobody gets one on a leftover either, and leftovers stay.
        _ = flock(descriptor, LOCK_EX | LOCK_NB)
    }

    deinit { close(descriptor) }

    /// Lets the empty file share the blocks of an archive's.
    ///
    /// - Returns: whether the file system can.
    func clone(_ archive: Int32) -> Bool { file_system_clone(archive, descriptor) == 0 }

    /// Lets a file beside this one, with the same ending, share the blocks of an archive's log, if there is one.
    ///
    /// - Returns: whether that went well.
    func cloneLog(of archive: String) -> Bool {
        let log = open(archive + "-wal", O_RDONLY | O_CLOEXEC)
        guard log >= 0 else { return errno == ENOENT }
        defer { close(log) }
        let copy = open(path + "-wal", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard copy >= 0 else { return false }
        defer { close(copy) }
        return file_system_clone(log, copy) == 0
    }

    /// Makes the file empty again, after a clone that came to nothing.
    func clear() throws(BackupError) {
        _ = unlink(path + "-wal")
        guard ftruncate(descriptor, 0) == 0 else { throw BackupError(systemError: errno, path: target.path) }
    }

    func size() throws(BackupError) -> ByteCount {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw BackupError(systemError: errno, path: target.path) }
        return ByteCount(status.st_size)
    }

    /// Puts the backup on disk and gives it its name. SQLite must have closed it.
    ///
    /// - Parameter replacing: whether a file of that name was found to be replaceable.
    /// - Returns: whether it is known to survive a loss of power; some file systems cannot say so.
    func commit(replacing: Bool) throws(BackupError) -> Bool {
        let isWritten = fsync(descriptor) == 0
        guard isWritten || file_system_lacks(errno) != 0 else {
            throw BackupError(systemError: errno, path: target.path)
        }
        if replacing {
            // An empty log is no log; it would be taken for this file's own.
            for suffix in Self.suffixes.dropFirst() { _ = unlink(target.path + suffix) }
            guard rename(path, target.path) == 0 else { throw BackupError(systemError: errno, path: target.path) }
        } else {
            try nameExclusively()
        }
        return synchronizeFolder() && isWritten
    }

    private func nameExclusively() throws(BackupError) {
        if file_system_rename_exclusively(AT_FDCWD, path, target.path) == 0 { return }
        let error = errno
        // Not every file system knows how; then the check before it has to do.
        guard file_system_lacks(error) != 0, !target.isOccupied else {
            throw error == EEXIST
                ? .occupied(path: target.path, reason: "it appeared meanwhile")
                : BackupError(systemError: error, path: target.path)
        }
        guard rename(path, target.path) == 0 else { throw BackupError(systemError: errno, path: target.path) }
    }

    private func synchronizeFolder() -> Bool {
        let folder = open(target.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return fsync(folder) == 0
    }

    /// Removes what was written. What cannot be removed now is a leftover that the next backup clears away.
    func discard() {
        for suffix in Self.suffixes.reversed() { _ = unlink(path + suffix) }
    }

    /// Removes what backups left that were killed.
    private static func clearAwayLeftovers(in folder: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(prefix) && !name.dropFirst(prefix.count).contains("-") {
            let path = folder + "/" + name
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
            for suffix in suffixes.reversed() { _ = unlink(path + suffix) }
        }
    }
}
