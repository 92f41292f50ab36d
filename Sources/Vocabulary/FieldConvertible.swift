/// What may stand in a field of a ``KeyedRecord``.
public protocol FieldConvertible: SendableMetatype {
    var fieldValue: FieldValue { get }
}

extension Bool: FieldConvertible {
    public var fieldValue: FieldValue { .flag(self) }
}

extension Int: FieldConvertible {
    public var fieldValue: FieldValue { .integer(Int64(self)) }
}

extension Int64: FieldConvertible {
    public var fieldValue: FieldValue { .integer(self) }
}

extension Double: FieldConvertible {
    public var fieldValue: FieldValue { .number(self) }
}

extension String: FieldConvertible {
    public var fieldValue: FieldValue { .text(self) }
}

extension ByteCount: FieldConvertible {
    public var fieldValue: FieldValue { .integer(bytes) }
}

/// RFC 3339, in UTC, with milliseconds.
extension Timestamp: FieldConvertible {
    public var fieldValue: FieldValue { .text(description) }
}

extension CameraName: FieldConvertible {
    public var fieldValue: FieldValue { .text(text) }
}

extension FrameID: FieldConvertible {
    public var fieldValue: FieldValue { .integer(number) }
}

extension SHA256Digest: FieldConvertible {
    public var fieldValue: FieldValue { .text(description) }
}

extension PerceptualHash: FieldConvertible {
    public var fieldValue: FieldValue { .text(description) }
}

extension SlotOutcome: FieldConvertible {}
extension PictureVariant: FieldConvertible {}
extension SnapshotSourceKind: FieldConvertible {}
extension PrintState: FieldConvertible {}
extension PrintWitness: FieldConvertible {}
extension Suspicion.Kind: FieldConvertible {}

/// Their labels.
extension RawRepresentable where RawValue == String, Self: FieldConvertible {
    public var fieldValue: FieldValue { .text(rawValue) }
}

extension Optional: FieldConvertible where Wrapped: FieldConvertible {
    public var fieldValue: FieldValue { map { $0.fieldValue } ?? .none }
}

extension Array: FieldConvertible where Element: FieldConvertible {
    public var fieldValue: FieldValue { .list(map { $0.fieldValue }) }
}

extension Dictionary: FieldConvertible where Key == String, Value: FieldConvertible {
    public var fieldValue: FieldValue { .named(mapValues { $0.fieldValue }) }
}

extension KeyedRecord {
    public var fieldValue: FieldValue { .record(self) }
}

extension FieldValue: FieldConvertible {
    public var fieldValue: FieldValue { self }
}
