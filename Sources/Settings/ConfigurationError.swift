internal import Vocabulary

/// Something in a configuration that cannot be used.
package struct ConfigurationError: ExplainedError, Hashable {
    /// The file's path as it was given.
    package let file: String
    /// Line and column, from 1; `nil` where the trouble is with the file as a whole.
    package let place: Place?
    package let problem: String
    package let hint: String

    package init(file: String, place: Place?, problem: String, hint: String) {
        (self.file, self.place, self.problem, self.hint) = (file, place, problem, hint)
    }

    package struct Place: Hashable, Sendable {
        package let line: Int
        package let column: Int
    }

    /// A short constant for logs and metrics.
    package var label: String { "configuration" }

    package var description: String {
        guard let place else { return "\(file): \(problem)" }
        return "\(file):\(place.line):\(place.column): \(problem)"
    }
}
