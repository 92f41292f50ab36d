internal import Foundation

/// The right to write to one archive in a role, held from `init` to `release` or to the process's end, however it ends.
///
/// It is an advisory `flock` on `PATH-lock`, `PATH-care`, `PATH-timelapses`, `PATH-packs` or `PATH-sharing` beside the archive. The
/// kernel drops it with the process, so a lock is never stale after `kill -9`; the file stays, because removing it would let two
/// processes lock two files of one name.
package struct WriterLock: ~Copyable {
    private let descriptor: Int32

    /// - Throws: ``ArchiveError/inUse(path:holder:)`` where another holds it, `readOnly` or `io` where the file
    ///   cannot be made. `nil` for a role that needs none.
    package init?(archive path: String, role: ArchiveRole = .capture, holder: LockHolder) throws(ArchiveError) {
        guard let suffix = role.lockSuffix else { return nil }
        let lockPath = path + suffix
        // O_NOFOLLOW: the file is written to, and a link would have us write somewhere else.
        let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw ArchiveError(systemError: errno, path: lockPath) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let failure = errno
            let other = LockHolder(fileText: Self.content(of: descriptor))
            close(descriptor)
            throw failure == EWOULDBLOCK
                ? .inUse(path: path, holder: other) : ArchiveError(systemError: failure, path: lockPath)
        }
        if !Self.replaceContent(of: descriptor, with: holder.fileText) {
            let failure = ArchiveError(systemError: errno, path: lockPath)
            // Without room for the holder's name it is held all the same: making room is what it may be wanted for.
            guard case .diskFull = failure else {
                close(descriptor)
                throw failure
            }
        }
        self.descriptor = descriptor
    }

    deinit {
        // Whoever reads the file from now on finds no holder; the lock itself goes with the descriptor.
        _ = ftruncate(descriptor, 0)
        // Closing alone would leave the lock with a child process that was forked but has not come to `exec` yet.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func replaceContent(of descriptor: Int32, with text: String) -> Bool {
        let bytes = Array(text.utf8)
        return ftruncate(descriptor, 0) == 0 && pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    }

    private static func content(of descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}

extension ArchiveError {
    /// The error that a failed system call on `path` stands for.
    package init(systemError: Int32, path: String) {
        let reason = String(cString: strerror(systemError))
        switch systemError {
        case ENOENT: self = .notFound(path: path)
        case ENOSPC, EDQUOT, EFBIG: self = .diskFull(path: path)
        case EACCES, EPERM, EROFS: self = .readOnly(path: path, reason: reason)
        default: self = .io(path: path, reason: reason)
        }
    }
}
