internal import Glibc

/// A plain file that somebody named, read as a whole.
///
/// What is no plain file is refused before it is opened: a named pipe would wait for its other end for ever, a terminal for
/// somebody who types, and `/dev/zero` never ends. Links are followed.
package struct PlainFile: Sendable {
    package let bytes: [UInt8]
    /// Whose it is.
    package let owner: UInt32
    /// Its permission bits.
    package let mode: UInt32

    /// - Parameter limit: the most bytes that it may have.
    /// - Returns: `nil` where there is no such file.
    package init?(at path: String, atMost limit: Int) throws(PlainFileProblem) {
        var status = stat()
        if stat(path, &status) != 0 {
            guard errno != ENOENT else { return nil }
            throw .unreadable(reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notPlain }
        // Something else may stand there by now: it is not waited for either.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .notPlain }
        (owner, mode) = (status.st_uid, UInt32(status.st_mode) & 0o7777)
        bytes = try Self.content(of: descriptor, atMost: limit)
    }

    private static func content(of descriptor: Int32, atMost limit: Int) throws(PlainFileProblem) -> [UInt8] {
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while content.count <= limit {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
            if count == 0 { return content }
            content += piece.prefix(count)
        }
        throw .tooLarge(limit: ByteCount(limit))
    }
}

/// Why a file that is there is not read. What is to be done about it, whoever wanted it says.
package enum PlainFileProblem: Error, Hashable, CustomStringConvertible {
    /// A folder, a pipe, a socket or a device.
    case notPlain
    case tooLarge(limit: ByteCount)
    case unreadable(reason: String)

    /// The end of a sentence about the file.
    package var description: String {
        switch self {
        case .notPlain: "it is no plain file"
        case .tooLarge(let limit): "it is larger than \(limit)"
        case .unreadable(let reason): reason
        }
    }
}
