internal import Foundation

/// A file that somebody else keeps and that holds an endpoint or an API key: named by its user, or handed over by a service
/// manager.
///
/// Such files are links and belong to root where containers mount their secrets, so neither is refused here.
public struct SecretFile: Sendable {
    /// The content, with the line's end that editors leave.
    public let text: Secret
    /// Whether it is this user's own and lies open to others: worth a warning.
    public let isExposed: Bool

    private static let longest = 64 * 1024

    /// - Returns: `nil` where there is no such file.
    /// - Throws: ``CredentialError/system(call:path:reason:)``, or `notAFile` for a folder.
    public init?(at path: String) throws(CredentialError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0, errno == ENOENT { return nil }
        guard file >= 0 else { throw .lastSystemError("open", path) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .lastSystemError("examine", path) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .notAFile(path: path) }

        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while content.count < Self.longest {
            let count = read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .lastSystemError("read", path) }
            if count == 0 { break }
            content += piece.prefix(count)
        }
        text = Secret(String(decoding: content, as: UTF8.self))
        let isOrdinary = status.st_mode & S_IFMT == S_IFREG
        isExposed = isOrdinary && status.st_uid == geteuid() && status.st_mode & 0o077 != 0
    }
}
