internal import CFileSystem
internal import Glibc
internal import NIOCore
internal import Vocabulary

/// A folder of a store, held open: its names are used relative to it, so that what happens to the path meanwhile does not matter.
/// Within a store no link is followed.
final class StoreFolder {
    let path: String
    private let store: StoreLocation
    private let descriptor: CInt

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

    private enum Kind {
        case file(size: Int64)
        case folder
        case other
    }

    /// What stands under a name; `nil`: nothing.
    private func kind(of name: String) throws(StoreError) -> Kind? {
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

    private func names() throws(StoreError) -> [String] {
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

    // MARK: Reading

    /// Exactly these bytes of a file; `nil` where there is none.
    func read(_ name: String, _ range: Range<Int64>, as object: ObjectName) throws(StoreError) -> ByteBuffer? {
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw error("open \(name)")
        }
        defer { close(file) }
        let wanted = Int(range.upperBound - range.lowerBound)
        var bytes = ByteBuffer()
        var failure: CInt = 0
        bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { room in
            var count = 0
            while count < wanted {
                let more = pread(
                    file, room.baseAddress?.advanced(by: count), wanted - count, off_t(range.lowerBound) + count)
                if more < 0, errno == EINTR { continue }
                if more < 0 { failure = errno }
                if more <= 0 { break }
                count += more
            }
            return count
        }
        guard failure == 0 else { throw Self.error("read \(name)", failure, of: store) }
        guard bytes.readableBytes == wanted else {
            let end = range.lowerBound + Int64(bytes.readableBytes)
            throw .wrongBytes(store, object, problem: "it ends after \(end) bytes, and was to have \(range.upperBound)")
        }
        return bytes
    }

    // MARK: Writing

    /// Makes this folder a store.
    func writeMarker() throws(StoreError) {
        let text = """
            This folder is a store of Printlapse: an archive that lies elsewhere counts on the files in it.
            Nothing is written to or read from a folder that lacks this file.

            """
        let file = openat(
            descriptor, FolderStore.marker, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard file >= 0 else {
            // Another has just done it.
            if errno == EEXIST { return }
            throw error("write \(FolderStore.marker)")
        }
        let bytes = Array(text.utf8)
        var isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count
        isWritten = isWritten && (fsync(file) == 0 || file_system_lacks(errno) != 0)
        guard close(file) == 0, isWritten else {
            let error = error("write \(FolderStore.marker)")
            unlinkat(descriptor, FolderStore.marker, 0)
            throw error
        }
        try synchronize()
    }

    /// Writes a file whole under a name that nothing has, or not at all.
    ///
    /// - Parameters:
    ///   - source: the file.
    ///   - name: its name here.
    ///   - age: from which on what killed writers left is cleared away as well; `nil` for never.
    /// - Returns: whether the name was free; what has it is not touched.
    /// - Throws: ``StoreError/file(path:problem:)`` where the bytes are not those that they were said to be.
    func write(_ source: ObjectSource, as name: String, clearingLeftoversOf age: Duration?) throws(StoreError) -> Bool {
        let partial = Self.partialPrefix + String(UInt64.random(in: .min ... .max), radix: 36) + "-" + name
        let file = openat(descriptor, partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw error("write \(name)") }
        if let age { clearAwayLeftovers(of: age, besides: partial) }
        do throws(StoreError) {
            do throws(StoreError) {
                try copy(source, to: file, name)
            } catch {
                close(file)
                throw error
            }
            // Over a network it may be only now that something is known to have gone wrong.
            guard close(file) == 0 else { throw error("write \(name)") }
            let isFree = try rename(partial, to: name)
            if !isFree { unlinkat(descriptor, partial, 0) }
            try synchronize()
            return isFree
        } catch {
            // What cannot be removed now is cleared away by a later writer.
            unlinkat(descriptor, partial, 0)
            throw error
        }
    }

    private func copy(_ source: ObjectSource, to file: CInt, _ name: String) throws(StoreError) {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { piece.deallocate() }
        var hash = SHA256Hash()
        var offset: Int64 = 0
        while offset < source.file.size {
            let count = try source.read(into: piece, at: offset)
            guard count > 0 else { throw source.changed }
            let bytes = UnsafeRawBufferPointer(rebasing: piece[..<count])
            hash.update(bytes)
            var written = 0
            while written < count {
                let more = pwrite(
                    file, bytes.baseAddress?.advanced(by: written), count - written, off_t(offset) + written)
                if more < 0, errno == EINTR { continue }
                guard more > 0 else { throw error("write \(name)") }
                written += more
            }
            offset += Int64(count)
        }
        guard offset == source.file.size, hash.digest() == source.file.sha256 else { throw source.changed }
        guard fsync(file) == 0 || file_system_lacks(errno) != 0 else { throw error("bring \(name) to disk") }
    }

    /// - Returns: whether nothing had the name.
    private func rename(_ partial: String, to name: String) throws(StoreError) -> Bool {
        if file_system_rename_exclusively(descriptor, partial, name) == 0 { return true }
        if errno == EEXIST { return false }
        guard file_system_lacks(errno) != 0 else { throw error("name \(name)") }
        // Not every file system knows how. A second name for the file is as good, where there can be one.
        if linkat(descriptor, partial, descriptor, name, 0) == 0 {
            unlinkat(descriptor, partial, 0)
            return true
        }
        if errno == EEXIST { return false }
        // Else a look before has to do. What could come between is another's writing of the same object.
        guard try kind(of: name) == nil else { return false }
        guard renameat(descriptor, partial, descriptor, name) == 0 else { throw error("name \(name)") }
        return true
    }

    func remove(_ name: String) throws(StoreError) {
        guard unlinkat(descriptor, name, 0) == 0 else {
            if errno == ENOENT { return }
            throw error("remove \(name)")
        }
        try synchronize()
    }

    /// Brings what the folder lists to disk, where its file system knows how.
    private func synchronize() throws(StoreError) {
        guard fsync(descriptor) == 0 || file_system_lacks(errno) != 0 else {
            throw error("bring the folder to disk")
        }
    }

    // MARK: Leftovers

    private static let partialPrefix = ".partial-"
    /// Removes what writers left that were killed long ago, by the clock that dates files there. Whatever cannot be removed is in
    /// nobody's way.
    ///
    /// - Parameters:
    ///   - age: how long ago.
    ///   - partial: what was made just now.
    private func clearAwayLeftovers(of age: Duration, besides partial: String) {
        guard let now = FileState(of: "\(path)/\(partial)")?.changedAt, let names = try? names() else { return }
        for name in names where name.hasPrefix(Self.partialPrefix) {
            guard let changedAt = FileState(of: "\(path)/\(name)")?.changedAt else { continue }
            if now - changedAt > age { unlinkat(descriptor, name, 0) }
        }
    }

    // MARK: Errors

    /// What the last system call's error means; read before anything else is called.
    private func error(_ call: String) -> StoreError { Self.error(call, errno, of: store) }

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
