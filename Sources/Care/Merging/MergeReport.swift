package import Vocabulary

/// What merging another archive came to, or would come to.
package struct MergeReport: Hashable, Sendable {
    /// Frames of the other archive.
    package internal(set) var frames = 0
    /// Those that are new here.
    package internal(set) var stored = 0
    /// The bytes of their pictures.
    package internal(set) var bytesStored = ByteCount.zero
    /// Those that were here before.
    package internal(set) var known = 0
    /// Those that were left out, because their pictures are not what was stored, or their times cannot be.
    package internal(set) var damaged: [DamagedFrame] = []
    /// Print jobs that are new here.
    package internal(set) var prints = 0
    /// Slots that the ledger now tells of and did not before.
    package internal(set) var slots = 0
    /// Usage readings that are new here.
    package internal(set) var usageReadings = 0
    /// The cameras, by the names that they have here.
    package internal(set) var cameras: Set<CameraName> = []
    package let isDryRun: Bool
}

extension MergeReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("frames", \.frames),
        Field("stored", \.stored),
        Field("bytes_stored", \.bytesStored),
        Field("known", \.known),
        Field("damaged", \.damaged),
        Field("prints", \.prints),
        Field("slots", \.slots),
        Field("usage_readings", \.usageReadings),
        Field("cameras") { $0.cameras.sorted().map(\.text) },
        Field("dry_run", \.isDryRun),
    ]
}
