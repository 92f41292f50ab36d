internal import CFileSystem
internal import Glibc
internal import NIOCore
internal import Vocabulary

extension StoreFolder {
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
            let size = try size(of: name) ?? 0
            throw .wrongBytes(store, object, problem: "it has \(size) bytes, and \(range.upperBound) were expected")
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
    ///   - rate: how many bytes a second are written at most; `nil` for no limit.
    ///   - age: from which on what killed writers left is cleared away as well; `nil` for never.
    /// - Returns: whether the name was free; what has it is not touched.
    /// - Throws: ``StoreError/file(path:problem:)`` where the bytes are not those that they were said to be.
    func write(
        _ source: ObjectSource, as name: String, atMost rate: ByteCount?, clearingLeftoversOf age: Duration?
    ) throws(StoreError) -> Bool {
        let partial = Self.partialPrefix + String(UInt64.random(in: .min ... .max), radix: 36) + "-" + name
        let file = openat(descriptor, partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw error("write \(name)") }
        if let age { clearAwayLeftovers(of: age, besides: partial) }
        do throws(StoreError) {
            do throws(StoreError) {
                try copy(source, to: file, name, atMost: rate)
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

    private func copy(
        _ source: ObjectSource, to file: CInt, _ name: String, atMost rate: ByteCount?
    ) throws(StoreError) {
        var pace = rate.map(Pace.init)
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pace?.piece ?? 1 << 20, alignment: 4096)
        defer { piece.deallocate() }
        var hash = SHA256Hash()
        var offset: Int64 = 0
        while offset < source.file.size {
            let count = try source.read(into: piece, at: offset)
            guard count > 0 else { throw source.changed }
            if let pause = pace?.pause(before: count, at: .now) { usleep(UInt32(clamping: pause.milliseconds * 1000)) }
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
    func synchronize() throws(StoreError) {
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
}
