internal import Vocabulary

/// What the values of a column can be. A bit that flipped in the file puts others there, past all that the schema says.
///
/// Wider than what is written, narrower than what a column holds: instants from 1970 to 2099, counts and sizes that disks and
/// years allow.
package struct ValueRule: Sendable {
    package let table: String
    package let column: String
    /// An SQL condition on the row.
    package let condition: String

    package init(_ table: String, _ column: String, _ condition: String) {
        (self.table, self.column, self.condition) = (table, column, condition)
    }

    /// No archive numbers so many rows; the numbers above it are left for counting on.
    package static let greatestNumber: Int64 = 1 << 53

    /// The condition that a column holds an instant that can be.
    package static func isInstant(_ column: String) -> String {
        let plausible = Timestamp.plausible
        return "\(column) BETWEEN \(plausible.lowerBound.milliseconds) AND \(plausible.upperBound.milliseconds)"
    }

    package static func number(_ column: String, from least: Int64 = 0) -> String {
        "\(column) BETWEEN \(least) AND \(greatestNumber)"
    }

    package static func optional(_ column: String, _ condition: String) -> String {
        "(\(column) IS NULL OR \(condition))"
    }
}
