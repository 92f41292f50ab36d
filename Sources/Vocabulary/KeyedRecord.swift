/// What the program tells of a thing by names that others rely on, described once, field by field: JSON, NDJSON, CSV and
/// whatever else lists such things are made of the same list.
public protocol KeyedRecord: Encodable, FieldConvertible, Sendable {
    /// In the order in which CSV has them.
    static var fields: [Field<Self>] { get }
}

/// One of the things that a record tells.
public struct Field<Row>: Sendable {
    /// In snake_case.
    public let key: String
    public let value: @Sendable (Row) -> FieldValue
    /// The same, or less where a line of text has no room for all that JSON tells.
    private let brief: @Sendable (Row) -> FieldValue

    public init(_ key: String, _ value: @escaping @Sendable (Row) -> some FieldConvertible) {
        self.init(key: key, value: { value($0).fieldValue }, brief: { value($0).fieldValue })
    }

    /// - Parameter brief: what CSV has in its place.
    public init(
        _ key: String, _ value: @escaping @Sendable (Row) -> some FieldConvertible,
        brief: @escaping @Sendable (Row) -> some FieldConvertible
    ) {
        self.init(key: key, value: { value($0).fieldValue }, brief: { brief($0).fieldValue })
    }

    private init(
        key: String, value: @escaping @Sendable (Row) -> FieldValue, brief: @escaping @Sendable (Row) -> FieldValue
    ) {
        (self.key, self.value, self.brief) = (key, value, brief)
    }

    /// The same of a row that has this one's row within.
    public func of<Outer>(_ row: any KeyPath<Outer, Row> & Sendable) -> Field<Outer> {
        let (value, brief) = (value, brief)
        return Field<Outer>(key: key, value: { value($0[keyPath: row]) }, brief: { brief($0[keyPath: row]) })
    }

    /// As a line of text has it; `nil` where there is nothing to tell.
    public func text(of row: Row) -> String? { brief(row).text }
}

/// What a field holds.
public enum FieldValue: Sendable {
    case none
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([FieldValue])
    /// Counts or other values by name.
    case named([String: FieldValue])
    case record(any KeyedRecord)

    /// As a line of text has it; `nil` where there is nothing, or more than a line holds.
    public var text: String? {
        switch self {
        case .none, .list, .named, .record: nil
        case .flag(let flag): "\(flag)"
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .text(let text): text
        }
    }
}

extension FieldValue: Encodable {
    public func encode(to encoder: any Encoder) throws {
        if case .record(let record) = self { return try record.encode(to: encoder) }
        var container = encoder.singleValueContainer()
        switch self {
        case .none, .record: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .named(let values): try container.encode(values)
        }
    }
}

extension KeyedRecord {
    /// Every key is there, with null where there is no value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: FieldKey.self)
        for field in Self.fields {
            let key = FieldKey(stringValue: field.key)
            // Nearly all are one of these: an encoder takes them at once, and anything else by an encoder of its own.
            switch field.value(self) {
            case .none: try container.encodeNil(forKey: key)
            case .flag(let flag): try container.encode(flag, forKey: key)
            case .integer(let integer): try container.encode(integer, forKey: key)
            case .number(let number): try container.encode(number, forKey: key)
            case .text(let text): try container.encode(text, forKey: key)
            case .list(let list): try container.encode(list, forKey: key)
            case .named(let values): try container.encode(values, forKey: key)
            case .record(let record): try container.encode(FieldValue.record(record), forKey: key)
            }
        }
    }
}

private struct FieldKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
