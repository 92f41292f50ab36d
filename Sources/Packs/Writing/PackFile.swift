internal import Glibc
internal import NIOCore

/// The file beside the archive in which a pack is made. There is one at a time: whoever offloads holds the archive's lock for care.
final class PackFile: Sendable {
    let path: String
    private let descriptor: Int32

    static func path(besideArchive path: String) -> String { path + "-pack" }

    init(at path: String) throws(PackError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.failure("create", path) }
    }

    deinit { close(descriptor) }

    func append(_ bytes: ByteBuffer) throws(PackError) {
        var failure: PackError?
        bytes.withUnsafeReadableBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else {
                    failure = Self.failure("write", path)
                    return
                }
                rest = rest.dropFirst(written)
            }
        }
        if let failure { throw failure }
    }

    /// Removes one that is not needed any more, or that a killed offload left.
    static func remove(at path: String) { unlink(path) }

    private static func failure(_ call: String, _ path: String) -> PackError {
        .file(path: path, call: call, reason: String(cString: strerror(errno)))
    }
}
