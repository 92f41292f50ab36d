/// Text that cannot be printed.
///
/// Every way that Swift turns a value into text (interpolation, `print`, `dump`, reflection, a debugger) shows
/// `••••` instead. It is not `Codable`, so that it enters no document by being part of something that does. Whoever
/// sends it where it belongs says ``revealed``, which is easy to search for.
public struct Secret: Hashable, Sendable {
    /// The text itself.
    public let revealed: String

    public init(_ text: String) {
        revealed = text
    }

    /// Whether there is no text at all.
    public var isEmpty: Bool { revealed.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "••••" }
    public var debugDescription: String { "••••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
