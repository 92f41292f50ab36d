internal import Glibc
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

    /// What is said where the bytes are not those that they were said to be.
    var changed: StoreError { .file(path: file.path, problem: "its bytes are not those that were hashed") }
}
