package import GRDB
package import Vocabulary

/// The columns of a query, in its order: a row of it is read by their names.
package protocol RowColumn: RawRepresentable<Int>, CaseIterable, Sendable {
    /// In the table.
    var name: String { get }
}

/// A row that is read by the names of its columns.
package struct NamedRow<Column: RowColumn> {
    private let row: Row

    package init(_ row: Row, by columns: Column.Type = Column.self) { self.row = row }

    /// The number, text or optional in a column.
    package func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ column: Column
    ) throws -> Value {
        try row.value(at: column.rawValue)
    }

    package func byteCount(_ column: Column) throws -> ByteCount { try row.byteCount(at: column.rawValue) }

    package func count(_ column: Column) throws -> Int { try row.count(at: column.rawValue) }

    package func timestamp(_ column: Column) throws -> Timestamp { try row.timestamp(at: column.rawValue) }

    package func timestampIfAny(_ column: Column) throws -> Timestamp? {
        try row.timestampIfAny(at: column.rawValue)
    }

    package func word<Word: RawRepresentable<String>>(_ column: Column) throws -> Word {
        try row.word(at: column.rawValue)
    }

    package func wordIfAny<Word: RawRepresentable<String>>(_ column: Column) throws -> Word? {
        try row.wordIfAny(at: column.rawValue)
    }

    package func cameraName(_ column: Column) throws -> CameraName { try row.cameraName(at: column.rawValue) }

    package func sha256(_ column: Column) throws -> SHA256Digest { try row.sha256(at: column.rawValue) }
}
