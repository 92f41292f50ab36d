internal import NIOCore
internal import Vocabulary

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A new file in a folder of ours, written from its beginning to its end.
struct OutputFile {
    private let file: OpenFile
    private let path: String
    private var pending: [UInt8] = []
    private(set) var count = 0

    /// - Throws: ``ExportError/fileSystem(_:path:reason:)``, also where the name is taken.
    init(_ name: String, in folder: OpenFolder) throws(ExportError) {
        path = folder.path(of: name)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        file = try OpenFile(openat(folder.file.descriptor, name, flags, 0o666), call: "create", path: path)
    }

    /// A partial output that is one file.
    init(_ partial: PartialOutput) {
        (file, path) = (partial.file, partial.path)
    }

    /// Appends text, in larger writes than its pieces.
    mutating func append(_ text: some Sequence<UInt8>) throws(ExportError) {
        pending.append(contentsOf: text)
        if pending.count >= 65_536 { try flush() }
    }

    /// Writes what is pending.
    mutating func flush() throws(ExportError) {
        defer { pending.removeAll(keepingCapacity: true) }
        try put(ByteBuffer(bytes: pending))
    }

    /// Writes bytes now.
    mutating func put(_ bytes: ByteBuffer) throws(ExportError) {
        var offset = 0
        while offset < bytes.readableBytes {
            let written = bytes.withUnsafeReadableBytes { all in
                write(file.descriptor, all.baseAddress?.advanced(by: offset), all.count - offset)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .lastSystemError(in: "write", path: path) }
            offset += written
        }
        count += bytes.readableBytes
    }

    /// Sets the times of last access and change.
    func setTimes(to instant: Timestamp) throws(ExportError) {
        let (seconds, rest) = (instant.milliseconds / 1000, instant.milliseconds % 1000)
        let time = timespec(
            tv_sec: Int(rest < 0 ? seconds - 1 : seconds), tv_nsec: Int((rest < 0 ? rest + 1000 : rest) * 1_000_000))
        guard futimens(file.descriptor, [time, time]) == 0 else {
            throw .lastSystemError(in: "date", path: path)
        }
    }
}
