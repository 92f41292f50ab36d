internal import Glibc
internal import Vocabulary

/// A configuration file that programs change: one at a time, from reading to writing, and as a whole.
///
/// Whoever reads it meanwhile, and whoever comes after a crash, finds the old text or the new one. Editors know nothing of the
/// lock.
package struct EditableConfiguration: Sendable {
    /// As it was given; named in errors.
    package let path: String
    private let patience: Duration

    package init(at path: String) {
        self.init(at: path, patience: .seconds(10))
    }

    /// - Parameter patience: for the lock.
    init(at path: String, patience: Duration) {
        (self.path, self.patience) = (path, patience)
    }

    /// Whether other users may read it.
    package var isExposed: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o004 != 0
    }

    /// Puts what `edit` makes of the text in its place; a file that is new is its owner's alone, because it may come to hold a
    /// password.
    ///
    /// - Parameter edit: is given `nil` where there is no file.
    /// - Throws: ``ConfigurationError``, or what `edit` throws, and nothing is changed then.
    package func change(_ edit: (String?) throws -> String) throws {
        let target = try target()
        try makeFolder(target.folder)
        let lock = try lock(target)
        defer { close(lock) }
        let text = try edit(try text())
        try replace(target, with: Array(text.utf8))
    }

    /// - Returns: `nil` where there is no file.
    private func text() throws(ConfigurationError) -> String? { try ConfigurationFile.text(at: path) }

    // MARK: Where it is

    private struct Target {
        let folder: String
        let name: String

        func path(_ suffix: String) -> String { "\(folder)/.\(name)\(suffix)" }
        var path: String { "\(folder)/\(name)" }
    }

    /// Where the file is a link, what it leads to is replaced, and locked: it has one name.
    private func target() throws(ConfigurationError) -> Target {
        var target = path
        for _ in 0..<40 {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
            let count = readlink(target, &buffer, Int(PATH_MAX))
            guard count > 0 else {
                let parts = target.split(separator: "/", omittingEmptySubsequences: true)
                guard let name = parts.last else { throw failure("is a folder", hint: "Name a file in it.") }
                let folder = target.dropLast(target.hasSuffix("/") ? 1 : 0).dropLast(name.count)
                return Target(folder: folder.isEmpty ? "." : String(folder), name: String(name))
            }
            let link = String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
            target =
                link.hasPrefix("/")
                ? link
                : target.prefix(upTo: target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex)
                    + link
        }
        throw failure("is a link that leads nowhere", hint: "Put a file in its place.")
    }

    private func makeFolder(_ folder: String) throws(ConfigurationError) {
        var made = folder.hasPrefix("/") ? "" : "."
        for part in folder.split(separator: "/") {
            made += "/" + part
            guard mkdir(made, 0o700) == 0 || errno == EEXIST || access(made, X_OK) == 0 else {
                throw systemFailure("the folder \(made.printable) cannot be made")
            }
        }
    }

    // MARK: Changing it

    /// The kernel drops the lock with the process, however that ends; its file stays.
    private func lock(_ target: Target) throws(ConfigurationError) -> Int32 {
        let lock = open(target.path(".lock"), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw systemFailure("cannot be locked") }
        let start = ContinuousClock.now
        while flock(lock, LOCK_EX | LOCK_NB) != 0 {
            let isBusy = errno == EWOULDBLOCK || errno == EINTR
            guard isBusy, ContinuousClock.now - start < patience else {
                defer { close(lock) }
                throw isBusy
                    ? failure("is being changed by another process", hint: "Try again when that is over.")
                    : systemFailure("cannot be locked")
            }
            usleep(5000)
        }
        return lock
    }

    private func replace(_ target: Target, with bytes: [UInt8]) throws(ConfigurationError) {
        var known = stat()
        let before = stat(target.path, &known) == 0 ? known : nil
        let temporary = target.path(".new")
        // The lock is held: one that is there is a dead process's.
        guard unlink(temporary) == 0 || errno == ENOENT else { throw systemFailure("cannot be written") }
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw systemFailure("cannot be written") }
        do throws(ConfigurationError) {
            defer { close(file) }
            try write(bytes, to: file)
            if let before { try keep(before, of: file) }
            guard fsync(file) == 0, rename(temporary, target.path) == 0 else {
                throw systemFailure("cannot be written")
            }
        } catch {
            unlink(temporary)
            throw error
        }
        // Where the folder cannot be written back, the file is as new as it will be after the next change.
        let folder = open(target.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw systemFailure("cannot be written back") }
        defer { close(folder) }
        guard fsync(folder) == 0 || errno == EINVAL else { throw systemFailure("cannot be written back") }
    }

    private func write(_ bytes: [UInt8], to file: Int32) throws(ConfigurationError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw systemFailure("cannot be written") }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// Keeps owner, group and mode, so that whoever could read the file still can, and nobody else.
    private func keep(_ before: stat, of file: Int32) throws(ConfigurationError) {
        var mode = before.st_mode & 0o777
        var now = stat()
        guard fstat(file, &now) == 0 else { throw systemFailure("cannot be written") }
        if before.st_uid != now.st_uid, fchown(file, before.st_uid, gid_t.max) != 0 {
            throw failure("belongs to another user", hint: "Change it as that user.")
        }
        // Another group's members are not meant.
        if before.st_gid != now.st_gid, fchown(file, uid_t.max, before.st_gid) != 0 { mode &= ~0o070 }
        guard fchmod(file, mode) == 0 else { throw systemFailure("cannot be written") }
    }

    private func failure(_ problem: String, hint: String) -> ConfigurationError {
        ConfigurationError(file: path, place: nil, problem: "it " + problem, hint: hint)
    }

    private func systemFailure(_ problem: String) -> ConfigurationError {
        let reason = String(cString: strerror(errno))
        return failure("\(problem): \(reason)", hint: "Check the path, its permissions and the disk.")
    }
}
