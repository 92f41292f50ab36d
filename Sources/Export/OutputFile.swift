internal import CFileSystem
internal import Glibc
internal import NIOCore
internal import Vocabulary

/// A file or stream of ours, written from its beginning to its end.
struct OutputFile {
    private let file: OpenFile
    private let path: String
    private var pending: [UInt8] = []
    /// The bytes that were given, also those that are still pending.
    private(set) var count: Int64
    /// How many of them the disk was asked to begin with.
    private var begun: Int64 = 0

    /// Bytes that gather before the disk is asked to begin with them.
    private static let writeBackStep: Int64 = 8 << 20

    /// Makes a new file in a folder of ours.
    ///
    /// - Throws: ``ExportError/fileSystem(_:path:reason:)``, also where the name is taken.
    init(_ name: String, in folder: OpenFolder) throws(ExportError) {
        path = folder.path(of: name)
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        file = try OpenFile(openat(folder.file.descriptor, name, flags, 0o666), call: "create", path: path)
        count = 0
    }

    /// A partial output that is one file.
    init(_ partial: PartialOutput) { self.init(partial.file, path: partial.path) }

    /// Writes to a file that is open, from its present place on.
    ///
    /// - Parameter count: how many bytes stand before that place.
    init(_ file: OpenFile, path: String, count: Int64 = 0) {
        (self.file, self.path, self.count) = (file, path, count)
    }

    /// Appends a few bytes, which are written with those that follow.
    mutating func append(_ few: some Collection<UInt8>) throws(ExportError) {
        pending.append(contentsOf: few)
        count += Int64(few.count)
        if pending.count >= 65_536 { try flush() }
    }

    /// Writes what is pending.
    mutating func flush() throws(ExportError) { try put(ByteBuffer()) }

    /// Writes what is pending and these bytes in one call, from where they lie.
    mutating func put(_ bytes: ByteBuffer) throws(ExportError) {
        let total = pending.count + bytes.readableBytes
        var done = 0
        while done < total {
            let written = pending.withUnsafeBytes { first in
                bytes.withUnsafeReadableBytes { second in
                    gather(first.dropFirst(done), second.dropFirst(max(0, done - first.count)))
                }
            }
            if written >= 0 {
                done += written
            } else {
                try recover()
            }
        }
        pending.removeAll(keepingCapacity: true)
        count += Int64(bytes.readableBytes)
        if count - begun >= Self.writeBackStep { beginWriteBack() }
    }

    /// Writes other bytes over some that stand in the file, all of which were put there.
    func replace(at offset: Int64, with bytes: [UInt8]) throws(ExportError) {
        var done = 0
        while done < bytes.count {
            let written = bytes.withUnsafeBytes { bytes in
                pwrite(file.descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset) + done)
            }
            if written >= 0 {
                done += written
            } else if errno != EINTR {
                throw .lastSystemError(in: "write", path: path)
            }
        }
    }

    /// Lets the disk begin with what was written, so that less is left to wait for at the end.
    mutating func beginWriteBack() {
        file_system_begin_write_back(file.descriptor)
        begun = count
    }

    /// Sets the times of last access and change. Returns whether they are kept: on shares and FAT they may be somebody
    /// else's to set.
    func setTimes(to instant: Timestamp) throws(ExportError) -> Bool {
        let (seconds, milliseconds) = instant.wholeSeconds
        let time = timespec(tv_sec: Int(seconds), tv_nsec: Int(milliseconds * 1_000_000))
        if futimens(file.descriptor, [time, time]) == 0 { return true }
        guard [EPERM, EACCES].contains(errno) || file_system_lacks(errno) != 0 else {
            throw .lastSystemError(in: "date", path: path)
        }
        return false
    }

    private func gather(
        _ first: Slice<UnsafeRawBufferPointer>, _ second: Slice<UnsafeRawBufferPointer>
    ) -> Int {
        let pieces = [first, second].map { slice in
            let bytes = UnsafeRawBufferPointer(rebasing: slice)
            return iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
        }
        return writev(file.descriptor, pieces, Int32(pieces.count))
    }

    /// Goes on after a write that can be tried again; a pipe that does not wait by itself is waited for.
    private func recover() throws(ExportError) {
        switch errno {
        case EINTR: return
        case EAGAIN:
            var ready = pollfd(fd: file.descriptor, events: Int16(POLLOUT), revents: 0)
            _ = poll(&ready, 1, -1)
        case EPIPE: throw .readerGone
        default: throw .lastSystemError(in: "write", path: path)
        }
    }
}
