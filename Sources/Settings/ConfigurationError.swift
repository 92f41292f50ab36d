public import Vocabulary

/// Something in a configuration that cannot be used.
public struct ConfigurationError: ExplainedError, Hashable {
    /// The file's path as it was given.
    public let file: String
    /// Line and column, from 1; `nil` where the trouble is with the file as a whole.
    public let place: Place?
    public let problem: String
    public let hint: String

    public struct Place: Hashable, Sendable {
        public let line: Int
        public let column: Int
    }

    /// A short constant for logs and metrics.
    public var label: String { "configuration" }

    public var description: String {
        guard let place else { return "\(file): \(problem)" }
        return "\(file):\(place.line):\(place.column): \(problem)"
    }
}
