internal import CFileSystem
internal import Glibc
internal import Vocabulary

/// A file or folder descriptor that is open as long as this object lives.
final class OpenFile: Sendable {
    let descriptor: Int32
    private let path: String

    /// Takes over a descriptor that a system call returned.
    ///
    /// - Throws: by `errno`, if the call failed.
    init(_ descriptor: Int32, call: String, path: String) throws(ExportError) {
        guard descriptor >= 0 else { throw .lastSystemError(in: call, path: path) }
        (self.descriptor, self.path) = (descriptor, path)
    }

    deinit { close(descriptor) }

    /// The file's size in bytes.
    func size() throws(ExportError) -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .lastSystemError(in: "examine", path: path) }
        return Int64(status.st_size)
    }

    /// Whether both are open on one file or folder.
    func isSame(_ other: OpenFile) -> Bool {
        var (own, others) = (stat(), stat())
        guard fstat(descriptor, &own) == 0, fstat(other.descriptor, &others) == 0 else { return false }
        return own.st_ino == others.st_ino && own.st_dev == others.st_dev
    }

    /// Up to so many bytes at an offset, fewer only at the file's end.
    func read(_ count: Int, at offset: Int64) throws(ExportError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let read = pread(descriptor, &bytes, count, off_t(offset))
        guard read >= 0 else { throw .lastSystemError(in: "read", path: path) }
        return Array(bytes.prefix(read))
    }
}

extension ExportError {
    /// The error that `errno` names.
    static func lastSystemError(in call: String, path: String) -> ExportError {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return .diskFull(path) }
        return .fileSystem(call, path: path, reason: String(cString: strerror(code)))
    }
}
