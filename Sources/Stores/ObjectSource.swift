internal import Glibc
internal import NIOCore
internal import Vocabulary

/// A file that becomes an object, open for reading: a plain one of the size that it was said to have.
final class ObjectSource: Sendable {
    let file: ObjectFile
    private let descriptor: CInt

    init(_ file: ObjectFile) throws(StoreError) {
        self.file = file
        descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .file(path: file.path, problem: String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .file(path: file.path, problem: "it is no plain file")
        }
        guard status.st_size == file.size else {
            throw .file(path: file.path, problem: "it has \(status.st_size) bytes instead of \(file.size)")
        }
    }

    deinit { close(descriptor) }

    /// Reads the bytes from a place on, as many as are wanted and there.
    func read(into piece: UnsafeMutableRawBufferPointer, at offset: Int64) throws(StoreError) -> Int {
        var count = 0
        while count < piece.count {
            let more = pread(
                descriptor, piece.baseAddress?.advanced(by: count), piece.count - count, off_t(offset) + count)
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw .file(path: file.path, problem: String(cString: strerror(errno))) }
            if more == 0 { break }
            count += more
        }
        return count
    }

    /// Exactly these bytes.
    func bytes(_ range: Range<Int64>) throws(StoreError) -> ByteBuffer {
        let wanted = Int(range.upperBound - range.lowerBound)
        var bytes = ByteBuffer()
        let count = try bytes.withRoom(for: wanted) { (room) throws(StoreError) in
            try read(into: room, at: range.lowerBound)
        }
        guard count == wanted else { throw changed }
        return bytes
    }

    /// What is said where the bytes are not those that they were said to be.
    var changed: StoreError { .file(path: file.path, problem: "its bytes are not those that were hashed") }
}

extension ByteBuffer {
    /// Writes as many bytes as `body` says that it wrote into the room.
    fileprivate mutating func withRoom(
        for count: Int, _ body: (UnsafeMutableRawBufferPointer) throws(StoreError) -> Int
    ) throws(StoreError) -> Int {
        var result = Result<Int, StoreError>.success(0)
        writeWithUnsafeMutableBytes(minimumWritableBytes: count) { room in
            result = Result { () throws(StoreError) in try body(UnsafeMutableRawBufferPointer(rebasing: room[..<count]))
            }
            return (try? result.get()) ?? 0
        }
        return try result.get()
    }
}
