internal import Foundation

/// The right to write to an archive's file itself, whatever name it was opened by.
///
/// ``WriterLock`` goes by the archive's name. A hard link or a bind mount of the file has another one, and so another lock and,
/// worse, another write-ahead log: two captures would overwrite one another's frames, and each have them acknowledged. This
/// lock lies on the file. SQLite locks bytes at 1 GiB of it (https://www.sqlite.org/lockingv3.html); these are far behind.
///
/// It belongs to an open file description (fcntl(2), “Open file description locks”): SQLite's locks, which belong to the process,
/// come and go without touching it. The kernel drops it with the process.
package struct FileLock: ~Copyable {
    /// What is locked, from the same offset on.
    private enum Byte: Int64 {
        /// Shared by all that write.
        case writers
        case capture
        case care
        case timelapses
        case sharing

        var offset: Int64 { 1 << 62 + rawValue }
    }

    /// `F_OFD_GETLK` and `F_OFD_SETLK`, which the C library shows to those alone who ask for all of Linux's own.
    private static let (getLock, setLock): (Int32, Int32) = (36, 37)

    private let descriptor: Int32
    private let identity: FileIdentity

    /// - Parameter path: of an archive that is there.
    /// - Throws: ``ArchiveError/inUse(path:holder:)`` where another process writes to it in the same role, or in any by another
    ///   name; ``ArchiveError/severalNames(path:count:)``.
    package init(archive path: String, role: ArchiveRole) throws(ArchiveError) {
        try ArchiveFile.requireOneName(at: path)
        let (descriptor, identity) = try ArchivePresence.borrowDescriptor(of: path)
        do throws(ArchiveError) {
            try Self.lock(descriptor, .writers, F_RDLCK, path)
            switch role {
            case .capture: try Self.lock(descriptor, .capture, F_WRLCK, path)
            case .care: try Self.lock(descriptor, .care, F_WRLCK, path)
            case .timelapses: try Self.lock(descriptor, .timelapses, F_WRLCK, path)
            case .sharing: try Self.lock(descriptor, .sharing, F_WRLCK, path)
            case .edit, .packs: break
            }
            try Self.requireSharedLog(at: path) { Self.isLocked(descriptor, .writers) }
        } catch {
            ArchivePresence.giveBack(descriptor, of: identity)
            throw error
        }
        (self.descriptor, self.identity) = (descriptor, identity)
    }

    deinit { ArchivePresence.giveBack(descriptor, of: identity) }

    /// Whether another process, or another archive opened in this one, captures into the file.
    package var isCapturedByOthers: Bool { Self.isLocked(descriptor, .capture) }

    /// - Throws: `inUse` where somebody writes to the archive by another name: what is in their log is not in ours.
    static func requireSharedLog(ofArchive path: String) throws(ArchiveError) {
        try requireSharedLog(at: path) { () throws(ArchiveError) in
            try ArchivePresence.withDescriptor(of: path) { isLocked($0, .writers) }
        }
    }

    /// A writer has its log beside the name that it knows. It makes the log just after it locks the file, and removes it just
    /// before it lets go, hence the patience.
    private static func requireSharedLog(
        at path: String, whereWritten isWritten: () throws(ArchiveError) -> Bool
    ) throws(ArchiveError) {
        for _ in 1...100 {
            guard FileIdentity(path: path + "-wal") == nil, try isWritten() else { return }
            usleep(10_000)
        }
        throw .inUse(path: path, holder: .byAnotherName(ofArchive: path))
    }

    private static func lock(
        _ descriptor: Int32, _ byte: Byte, _ kind: Int32, _ path: String
    ) throws(ArchiveError) {
        var request = request(byte, kind)
        guard fcntl(descriptor, Self.setLock, &request) != 0 else { return }
        guard errno == EAGAIN || errno == EACCES else { throw ArchiveError(systemError: errno, path: path) }
        throw .inUse(path: path, holder: .byAnotherName(ofArchive: path))
    }

    /// Whether others have locked it.
    private static func isLocked(_ descriptor: Int32, _ byte: Byte) -> Bool {
        var request = request(byte, F_WRLCK)
        return fcntl(descriptor, Self.getLock, &request) == 0 && request.l_type != Int16(F_UNLCK)
    }

    private static func request(_ byte: Byte, _ kind: Int32) -> flock {
        flock(l_type: Int16(kind), l_whence: Int16(SEEK_SET), l_start: off_t(byte.offset), l_len: 1, l_pid: 0)
    }

    /// Lets go of all that is locked by a descriptor.
    static func unlock(_ descriptor: Int32) {
        var request = flock(l_type: Int16(F_UNLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
        _ = fcntl(descriptor, Self.setLock, &request)
    }
}
