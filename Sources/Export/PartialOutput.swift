internal import CFileSystem
internal import Glibc

/// A file or folder beside its final name, under which it appears whole or not at all.
///
/// While an export runs it holds a lock on its partial output. So the next export to the same name can tell what a
/// killed one left behind from what another is writing right now, and clears it away.
final class PartialOutput: Sendable {
    let target: OutputTarget
    /// The hidden name beside the final one.
    let name: String
    /// The file or folder itself, which carries the lock. ffmpeg overwrites the same file.
    let file: OpenFile

    /// Where the partial output is, for other programs to write to.
    var path: String { target.parent.path(of: name) }

    init(for target: OutputTarget) throws(ExportError) {
        self.target = target
        try Self.clearAwayLeftovers(of: target)
        var made: (name: String, file: OpenFile)?
        // Between making and locking another export can take ours for a leftover: then it is gone, and we make
        // another. It does so once or twice; a name that never stands for what was just made is no name.
        for _ in 0..<8 where made == nil { made = try Self.make(for: target) }
        guard let made else {
            throw .fileSystem("create", path: target.path, reason: "what is created there does not stay")
        }
        (name, file) = made
    }

    /// The folder that is being made.
    func folder() throws(ExportError) -> OpenFolder { try OpenFolder(name, in: target.parent) }

    /// Puts what was written on disk and gives it its final name.
    ///
    /// A file system that cannot say that something is on disk is no reason to fail. Once the name is given the output is
    /// complete, and nothing that happens then makes it less so.
    ///
    /// - Returns: whether it is known to survive a loss of power.
    /// - Throws: ``ExportError/outputExists(_:)`` where something took the name meanwhile.
    func commit() throws(ExportError) -> Bool {
        // A folder holds thousands of files, and one call for the whole file system waits once.
        let result = target.kind == .folder ? file_system_sync(file.descriptor) : fsync(file.descriptor)
        guard result == 0 || file_system_lacks(errno) != 0 else {
            throw .lastSystemError(in: "write back", path: path)
        }
        try target.checkReplaceable()
        try rename()
        let isListed = target.parent.synchronize()
        // What stood there before has our partial name now.
        discard()
        return result == 0 && isListed
    }

    /// Removes what was written. What cannot be removed now is a leftover that the next export clears away.
    func discard() {
        do throws(ExportError) { try target.parent.remove(name) } catch {}
    }

    private func rename() throws(ExportError) {
        let folder = target.parent.file.descriptor
        guard target.replaces, try target.parent.kind(of: target.name) != nil else {
            if file_system_rename_exclusively(folder, name, target.name) == 0 { return }
            if errno == EEXIST { throw .outputExists(target.path) }
            // Not every file system knows how; then the check before it has to do.
            guard file_system_lacks(errno) != 0 else {
                throw .lastSystemError(in: "name", path: target.path)
            }
            guard try target.parent.kind(of: target.name) == nil else { throw .outputExists(target.path) }
            return try renamePlainly()
        }
        if file_system_exchange(folder, name, target.name) == 0 { return }
        guard file_system_lacks(errno) != 0 else {
            throw .lastSystemError(in: "replace", path: target.path)
        }
        if target.kind == .folder { try target.parent.remove(target.name) }
        try renamePlainly()
    }

    private func renamePlainly() throws(ExportError) {
        let folder = target.parent.file.descriptor
        guard renameat(folder, name, folder, target.name) == 0 else {
            throw .lastSystemError(in: "name", path: target.path)
        }
    }

    // MARK: - Making and clearing away

    private static func make(for target: OutputTarget) throws(ExportError) -> (name: String, file: OpenFile)? {
        let name = prefix(for: target) + String(UInt64.random(in: .min ... .max), radix: 36)
        let (folder, path) = (target.parent.file.descriptor, target.parent.path(of: name))
        let flags = O_NOFOLLOW | O_CLOEXEC
        let descriptor: Int32
        if target.kind == .folder {
            guard mkdirat(folder, name, 0o777) == 0 else { throw .lastSystemError(in: "create", path: path) }
            descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | flags)
        } else {
            descriptor = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | flags, 0o666)
        }
        let file = try OpenFile(descriptor, call: "create", path: path)
        // Where a file system has no locks nobody gets one on a leftover either, and leftovers stay.
        while flock(file.descriptor, LOCK_EX) != 0, errno == EINTR {}
        return try target.parent.holds(file, as: name) ? (name, file) : nil
    }

    /// Removes partial outputs of the same name that no export holds.
    private static func clearAwayLeftovers(of target: OutputTarget) throws(ExportError) {
        let prefix = prefix(for: target)
        for name in try target.parent.names() where name.hasPrefix(prefix) {
            let descriptor = openat(target.parent.file.descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
            // Somebody else's leftover in a shared folder is theirs to remove, and not in our way.
            do throws(ExportError) { try target.parent.remove(name) } catch {}
        }
    }

    /// A file name may have 255 bytes: of a longer one so much stands here that the rest has room.
    static func prefix(for target: OutputTarget) -> String {
        "." + String(decoding: target.name.utf8.prefix(200), as: UTF8.self) + ".partial-"
    }
}
