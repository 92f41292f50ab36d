internal import Foundation

/// A folder of this user's in which secrets lie, held open: its names are used relative to it, so what happens to the
/// path to it meanwhile does not matter.
struct PrivateFolder: ~Copyable {
    let path: String
    private let descriptor: Int32

    /// Opens the folder, or says that there is none. Others must not be able to change it.
    static func existing(_ path: String) throws(CredentialError) -> PrivateFolder? {
        guard let folder = try opened(path) else { return nil }
        let mode = try folder.mode()
        guard mode & 0o022 == 0 else { throw .folderWritableByOthers(path: path, mode: mode) }
        return folder
    }

    /// Opens the folder for saving into it: made if it is not there, and closed to others (0700) if it is.
    static func forSaving(_ path: String) throws(CredentialError) -> PrivateFolder {
        try make(path)
        guard let folder = try opened(path) else { throw .lastSystemError("open", path) }
        if try folder.mode() & 0o077 != 0, fchmod(folder.descriptor, 0o700) != 0 {
            throw .lastSystemError("change the mode of", path)
        }
        return folder
    }

    /// The folder itself may be reached by a link, as those who keep their configuration elsewhere do; it is this user's.
    private static func opened(_ path: String) throws(CredentialError) -> PrivateFolder? {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw .lastSystemError("open", path) }
        let folder = PrivateFolder(path: path, descriptor: descriptor)
        guard try folder.status().st_uid == geteuid() else { throw .ofAnotherOwner(path: path) }
        return folder
    }

    private init(path: String, descriptor: Int32) {
        (self.path, self.descriptor) = (path, descriptor)
    }

    private func status() throws(CredentialError) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .lastSystemError("examine", path) }
        return status
    }

    private func mode() throws(CredentialError) -> UInt32 { UInt32(try status().st_mode) & 0o7777 }

    deinit { close(descriptor) }

    /// Makes a folder and those above it, each entered in its parent on disk before anything goes in.
    private static func make(_ path: String) throws(CredentialError) {
        if mkdir(path, 0o700) == 0 {
            return try synchronize(URL(filePath: path).deletingLastPathComponent().path)
        }
        switch errno {
        case EEXIST: return
        case ENOENT:
            let parent = URL(filePath: path).deletingLastPathComponent().path
            guard parent != path else { throw .lastSystemError("make", path) }
            try make(parent)
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .lastSystemError("make", path) }
            try synchronize(parent)
        default: throw .lastSystemError("make", path)
        }
    }

    private static func synchronize(_ path: String) throws(CredentialError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .lastSystemError("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .lastSystemError("write back", path) }
    }

    private func path(of name: String) -> String { path + "/" + name }

    // MARK: Files

    /// The content of a file that is private to this user; `nil` where there is none.
    func read(_ name: String, atMost limit: Int) throws(CredentialError) -> [UInt8]? {
        let path = path(of: name)
        // O_NONBLOCK: a pipe in the file's place would have us wait for a writer.
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if file < 0, errno == ENOENT { return nil }
        if file < 0, errno == ELOOP { throw .symbolicLink(path: path) }
        guard file >= 0 else { throw .lastSystemError("open", path) }
        defer { close(file) }

        var status = stat()
        guard fstat(file, &status) == 0 else { throw .lastSystemError("examine", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
        guard status.st_uid == geteuid() else { throw .ofAnotherOwner(path: path) }
        guard status.st_mode & 0o077 == 0 else {
            throw .readableByOthers(path: path, mode: UInt32(status.st_mode) & 0o7777)
        }
        guard Int(status.st_size) <= limit else { throw .damaged(path: path, what: "it is too large") }
        return try Self.readAll(file, atMost: limit, path: path)
    }

    private static func readAll(_ file: Int32, atMost limit: Int, path: String) throws(CredentialError) -> [UInt8] {
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 * 1024)
        while content.count <= limit {
            let count = Foundation.read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .lastSystemError("read", path) }
            if count == 0 { return content }
            content += piece.prefix(count)
        }
        throw .damaged(path: path, what: "it is too large")
    }

    /// Puts a file in the place of another in one step: whoever looks, and whoever comes after a crash, finds the old
    /// content or the new one, whole.
    ///
    /// The caller holds the lock, so that a temporary file that is there already is a dead process's.
    func replace(_ name: String, with content: [UInt8]) throws(CredentialError) {
        let temporary = name + ".new"
        guard unlinkat(descriptor, temporary, 0) == 0 || errno == ENOENT else {
            throw .lastSystemError("remove", path(of: temporary))
        }
        // Mode 0600 from the first byte on; O_EXCL follows no link.
        let file = openat(descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .lastSystemError("make", path(of: temporary)) }
        do throws(CredentialError) {
            defer { close(file) }
            try Self.writeAll(content, to: file, path: path(of: temporary))
            guard fsync(file) == 0 else { throw .lastSystemError("write back", path(of: temporary)) }
        } catch {
            unlinkat(descriptor, temporary, 0)
            throw error
        }
        guard renameat(descriptor, temporary, descriptor, name) == 0 else {
            let failure = CredentialError.lastSystemError("replace", path(of: name))
            unlinkat(descriptor, temporary, 0)
            throw failure
        }
        guard fsync(descriptor) == 0 else { throw .lastSystemError("write back", path) }
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32, path: String) throws(CredentialError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw .lastSystemError("write", path) }
            rest = rest.dropFirst(max(0, count))
        }
    }

    // MARK: Lock

    /// Runs `body` while no other process, and no other task of this one, is in here for the same name.
    ///
    /// The lock is the kernel's and goes with its process, however that ends; the file stays.
    func locked<Value>(
        by name: String, patience: Duration, _ body: () throws(CredentialError) -> Value
    ) throws(CredentialError) -> Value {
        let file = openat(descriptor, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw errno == ELOOP ? .symbolicLink(path: path(of: name)) : .lastSystemError("open", path(of: name))
        }
        defer { close(file) }
        let start = ContinuousClock.now
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw .lastSystemError("lock", path(of: name)) }
            // Saving takes milliseconds; who holds it for longer is stopped or stuck.
            guard ContinuousClock.now - start < patience else { throw .busy(path: path(of: name)) }
            usleep(5000)
        }
        return try body()
    }
}

extension CredentialError {
    /// The error that `errno` names.
    static func lastSystemError(_ call: String, _ path: String) -> CredentialError {
        .system(call: call, path: path, reason: String(cString: strerror(errno)))
    }
}
