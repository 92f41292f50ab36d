internal import Glibc
internal import NIOCore
internal import Vocabulary

/// The file beside the archive in which a segment lies until it is in the store. There is one at a time: whoever publishes holds the
/// archive's lock for it.
enum SegmentFile {
    static func path(besideArchive path: String) -> String { path + "-segment" }

    /// Writes it, and brings it to disk: it is to be the same one after a power loss.
    static func write(_ bytes: ByteBuffer, to path: String) throws(MachineError) {
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure("create", path) }
        defer { close(descriptor) }
        var problem: MachineError?
        bytes.withUnsafeReadableBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else {
                    problem = failure("write", path)
                    return
                }
                rest = rest.dropFirst(written)
            }
        }
        if let problem { throw problem }
        guard fsync(descriptor) == 0 else { throw failure("sync", path) }
    }

    /// Whether the file is there with these bytes.
    static func holds(_ sha256: SHA256Digest, size: Int64, at path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var (hash, count) = (SHA256Hash(), Int64(0))
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while count <= size {
            let more = read(descriptor, &piece, piece.count)
            if more < 0, errno == EINTR { continue }
            guard more > 0 else { break }
            piece.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<more])) }
            count += Int64(more)
        }
        return count == size && hash.digest() == sha256
    }

    static func remove(at path: String) { unlink(path) }

    private static func failure(_ call: String, _ path: String) -> MachineError {
        .file(path: path, call: call, reason: String(cString: strerror(errno)))
    }
}
