internal import CFileSystem
internal import Glibc
internal import Vocabulary

/// A folder that is open, in which names are used relative to it: what happens to the path to it meanwhile does not
/// matter.
struct OpenFolder: Sendable {
    let file: OpenFile
    let path: String

    /// Opens the folder at a path, following links as any path does.
    init(path: String) throws(ExportError) {
        let descriptor = openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT || errno == ENOTDIR { throw .noSuchFolder(path) }
        (file, self.path) = (try OpenFile(descriptor, call: "open", path: path), path)
    }

    /// Opens a folder within a folder. A link is not followed.
    init(_ name: String, in parent: OpenFolder) throws(ExportError) {
        path = parent.path(of: name)
        let descriptor = openat(parent.file.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        file = try OpenFile(descriptor, call: "open", path: path)
    }

    /// Makes a folder within a folder.
    init(making name: String, in parent: OpenFolder) throws(ExportError) {
        guard mkdirat(parent.file.descriptor, name, 0o777) == 0 else {
            throw .lastSystemError(in: "create", path: parent.path(of: name))
        }
        try self.init(name, in: parent)
    }

    func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

    /// What stands under a name, itself and not what it links to; `nil`: nothing.
    func kind(of name: String) throws(ExportError) -> FileKind? {
        guard let status = try status(of: name) else { return nil }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
    }

    /// Whether a name still stands for the file that is open.
    func holds(_ open: OpenFile, as name: String) throws(ExportError) -> Bool {
        var own = stat()
        guard fstat(open.descriptor, &own) == 0 else { throw .lastSystemError(in: "examine", path: path(of: name)) }
        guard let status = try status(of: name) else { return false }
        return status.st_ino == own.st_ino && status.st_dev == own.st_dev
    }

    private func status(of name: String) throws(ExportError) -> stat? {
        var status = stat()
        guard fstatat(file.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw .lastSystemError(in: "examine", path: path(of: name))
        }
        return status
    }

    /// The names in the folder, without `.` and `..`, in no order.
    func names() throws(ExportError) -> [String] {
        let descriptor = openat(file.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0, let stream = fdopendir(descriptor) else {
            throw .lastSystemError(in: "list", path: path)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a file or link, or a folder with all that is in it.
    func remove(_ name: String) throws(ExportError) {
        guard unlinkat(file.descriptor, name, 0) != 0, errno != ENOENT else { return }
        // Linux has the first for a folder, POSIX the second.
        guard errno == EISDIR || errno == EPERM, try kind(of: name) == .folder else {
            throw .lastSystemError(in: "remove", path: path(of: name))
        }
        let folder = try OpenFolder(name, in: self)
        for entry in try folder.names() { try folder.remove(entry) }
        guard unlinkat(file.descriptor, name, AT_REMOVEDIR) == 0 else {
            throw .lastSystemError(in: "remove", path: path(of: name))
        }
    }

    /// The bytes that an ordinary user may still write to the folder's disk.
    func freeRoom() throws(ExportError) -> ByteCount {
        if let free = ByteCount.free(besides: file.descriptor) { return free }
        if file_system_lacks(errno) != 0 { return ByteCount(Int64.max) }
        throw .lastSystemError(in: "examine", path: path)
    }

    /// Puts what the folder lists on disk. Returns whether it is known to be there.
    func synchronize() -> Bool { fsync(file.descriptor) == 0 }
}
