internal import Foundation
internal import NIOCore
internal import Vocabulary

/// A plain file open for reading, closed with its last owner. Reads are at given places and may run at the same time.
final class ReadableFile: Sendable {
    let size: Int64
    let modifiedAt: Timestamp
    private let descriptor: Int32

    /// - Throws: `unreadable`, also for what is no plain file.
    init(_ path: RawPath) throws(ZipProblem) {
        // A named pipe would wait for its other end.
        let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .unreadable("it is not a plain file")
        }
        (self.descriptor, size, modifiedAt) = (descriptor, Int64(status.st_size), status.modifiedAt)
    }

    deinit { close(descriptor) }

    /// Up to `count` bytes from an offset on; fewer only where the file ends.
    func read(_ count: Int, at offset: Int64) throws(ZipProblem) -> ByteBuffer {
        guard offset >= 0, offset < size, count > 0 else { return ByteBuffer() }
        let count = Int(min(Int64(count), size - offset))
        var buffer = ByteBufferAllocator().buffer(capacity: count)
        var failure: Int32 = 0
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { memory in
            var done = 0
            while done < count {
                let got = pread(
                    descriptor, memory.baseAddress.map { $0 + done }, count - done, off_t(offset) + off_t(done))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { break }
                done += got
            }
            return done
        }
        guard failure == 0 else { throw .unreadable(String(cString: strerror(failure))) }
        return buffer
    }
}

extension ReadableFile {
    /// Hands the bytes from one place up to another on, in pieces of 64 KiB.
    ///
    /// - Parameter take: returns whether it wants more.
    func forEachPiece(from start: Int64, upTo end: Int64, _ take: (ByteBuffer) -> Bool) throws(ZipProblem) {
        var place = start
        while place < end {
            let piece = try read(Int(min(1 << 16, end - place)), at: place)
            guard piece.readableBytes > 0 else { return }
            place += Int64(piece.readableBytes)
            if !take(piece) { return }
        }
    }
}

extension stat {
    /// When the file's content was changed last.
    var modifiedAt: Timestamp {
        Timestamp(seconds: st_mtim.tv_sec) + .milliseconds(Int64(st_mtim.tv_nsec) / 1_000_000)
    }
}
