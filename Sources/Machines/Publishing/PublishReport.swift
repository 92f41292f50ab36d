package import Vocabulary

/// What was told.
package struct PublishReport: Hashable, Sendable {
    /// What the machine is known by.
    package internal(set) var machine = ""
    /// What people call it.
    package internal(set) var name = ""
    package internal(set) var generation = 0
    /// The store's location.
    package internal(set) var store = ""
    /// How many segments were written.
    package internal(set) var segments = 0
    /// Their records.
    package internal(set) var records = 0
    /// Their bytes, packed.
    package internal(set) var bytes = ByteCount.zero
    /// The number of the last segment that is in the store.
    package internal(set) var lastSegment = 0
}

extension PublishReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("machine", \.machine),
        Field("name", \.name),
        Field("generation", \.generation),
        Field("store", \.store),
        Field("segments", \.segments),
        Field("records", \.records),
        Field("bytes", \.bytes),
        Field("last_segment", \.lastSegment),
    ]
}

/// What is told where something was told before.
package enum PublishMode: Hashable, Sendable {
    /// What is new.
    case onwards
    /// Everything, as the same machine: this archive takes the place of the one that told before.
    case restored
    /// Everything, as a machine of its own: another archive goes on as the one that this was.
    case separate
}
