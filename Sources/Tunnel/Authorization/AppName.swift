/// The name under which a program asks for a tunnel; users find it under Authorized Apps.
///
/// 1 to 64 characters without control characters. Servers answer 400 to a longer one and 403 to their own name, `Obico`.
public struct AppName: Hashable, Sendable, CustomStringConvertible {
    /// The longest that a server can keep, in Unicode scalars.
    public static let longest = 64

    public let text: String

    /// - Throws: ``AuthorizationError/appName(_:reason:)``
    public init(_ text: String) throws(AuthorizationError) {
        guard text.contains(where: { !$0.isWhitespace }) else { throw .appName(text, reason: "it is empty") }
        guard text.unicodeScalars.count <= Self.longest else {
            throw .appName(text, reason: "it is longer than \(Self.longest) characters")
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .appName(text, reason: "it contains a control character")
        }
        guard text != "Obico" else { throw .appName(text, reason: "it is the server's own") }
        self.text = text
    }

    public var description: String { text }
}
