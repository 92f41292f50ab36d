internal import Foundation
public import HTTP
internal import Vocabulary

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
    /// - Throws: ``CredentialError/system(call:path:reason:)``, or `notAFile` for a folder, a pipe or a device.
    public init?(at path: String) throws(CredentialError) {
        let file: PlainFile?
        do throws(PlainFileProblem) {
            file = try PlainFile(at: path, atMost: Self.longest)
        } catch {
            switch error {
            case .notPlain: throw .notAFile(path: path)
            case .tooLarge: throw .damaged(path: path, what: error.description)
            case .unreadable(let reason): throw .system(call: "read", path: path, reason: reason)
            }
        }
        guard let file else { return nil }
        text = Secret(String(decoding: file.bytes, as: UTF8.self))
        isExposed = file.owner == geteuid() && file.mode & 0o077 != 0
    }
}
