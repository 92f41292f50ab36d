internal import Glibc

/// A folder of a store, held open: its names are used relative to it, so that what happens to the path meanwhile does not matter.
/// Within a store no link is followed.
final class StoreFolder {
    let path: String
    let store: StoreLocation
    let descriptor: CInt

    /// The top folder of a store, by links as any path.
    init(at path: String, of store: StoreLocation) throws(StoreError) {
        (self.path, self.store) = (path, store)
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR
                ? .noFolder(store) : Self.error("open the folder", errno, of: store)
        }
    }

    private init(_ name: String, in parent: StoreFolder) throws(StoreError) {
        (path, store) = ("\(parent.path)/\(name)", parent.store)
        descriptor = openat(parent.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.error("open the folder \(name)", errno, of: store) }
    }

    deinit { close(descriptor) }

    /// The folder in which a name's last part stands, and that part.
    ///
    /// - Returns: `nil` where there is no such folder.
    func folder(for parts: [Substring]) throws(StoreError) -> (StoreFolder, String)? {
        try descend(parts) { (folder, part) throws(StoreError) in
            try folder.kind(of: part) == nil ? nil : try StoreFolder(part, in: folder)
        }
    }

    /// The same, with the folders on the way made where they are not there.
    func madeFolder(for parts: [Substring]) throws(StoreError) -> (StoreFolder, String) {
        let found = try descend(parts) { (folder, part) throws(StoreError) in
            if mkdirat(folder.descriptor, part, 0o777) == 0 {
                try folder.synchronize()
            } else if errno != EEXIST {
                throw folder.error("make the folder \(part)")
            }
            return try StoreFolder(part, in: folder)
        }
        guard let found else { throw .invalidAnswer(store, problem: "a folder that was made is not there") }
        return found
    }

    private func descend(
        _ parts: [Substring], _ step: (StoreFolder, String) throws(StoreError) -> StoreFolder?
    ) throws(StoreError) -> (StoreFolder, String)? {
        var folder = self
        for part in parts.dropLast() {
            guard let next = try step(folder, String(part)) else { return nil }
            folder = next
        }
        return (folder, String(parts.last ?? ""))
    }

    // MARK: Looking

    enum Kind {
        case file(size: Int64)
        case folder
        case other
    }

    /// What stands under a name; `nil`: nothing.
    func kind(of name: String) throws(StoreError) -> Kind? {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw error("look at \(name)")
        }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file(size: Int64(status.st_size))
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// How many bytes a file has; `nil` where there is none.
    func size(of name: String) throws(StoreError) -> Int64? {
        switch try kind(of: name) {
        case .file(let size): size
        case nil: nil
        case .folder, .other: throw .invalidAnswer(store, problem: "\(path)/\(name) is no file")
        }
    }

    /// Adds the objects in this folder and below whose whole names begin with a text.
    ///
    /// - Parameters:
    ///   - parent: what their names begin with in any case: nothing, or folders with a slash behind each.
    ///   - prefix: of their names.
    func collect(
        _ objects: inout [StoredObject], below parent: String, whoseNamesBegin prefix: String
    ) throws(StoreError) {
        for entry in try names() {
            let whole = parent + entry
            guard whole.hasPrefix(prefix) || prefix.hasPrefix(whole + "/"), let name = ObjectName(rawValue: whole),
                whole != FolderStore.marker
            else { continue }
            // Of what was removed since: nothing.
            switch try kind(of: entry) {
            case .file(let size) where whole.hasPrefix(prefix): objects.append(StoredObject(name: name, size: size))
            case .folder:
                try StoreFolder(entry, in: self).collect(&objects, below: whole + "/", whoseNamesBegin: prefix)
            case .file, .other, nil: continue
            }
        }
    }

    func names() throws(StoreError) -> [String] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw error("list the folder") }
        guard let stream = fdopendir(copy) else {
            close(copy)
            throw error("list the folder")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        // A list that was cut short must not be taken for one of few objects.
        guard errno == 0 else { throw error("list the folder") }
        return names
    }

    // MARK: Errors

    /// What the last system call's error means; read before anything else is called.
    func error(_ call: String) -> StoreError { Self.error(call, errno, of: store) }

    static func error(_ call: String, _ code: CInt, of store: StoreLocation) -> StoreError {
        let reason = String(cString: strerror(code))
        return switch code {
        case ENOSPC, EDQUOT: .full(store)
        // The device, the server, or the way to it.
        case EIO, ESTALE, ENXIO, ENODEV, ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH, ENOTCONN, ECONNABORTED, ECONNRESET,
            ENETDOWN, ENETUNREACH, EREMOTEIO:
            .failing(store, reason: "\(reason) (\(call))")
        default: .system(store, call: call, reason: reason)
        }
    }
}
