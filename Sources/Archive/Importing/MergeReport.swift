public import Vocabulary

/// What merging another archive came to, or would come to.
public struct MergeReport: Hashable, Sendable {
    /// Frames of the other archive.
    public internal(set) var frames = 0
    /// Those that are new here.
    public internal(set) var stored = 0
    /// The bytes of their pictures.
    public internal(set) var bytesStored = ByteCount.zero
    /// Those that were here before.
    public internal(set) var known = 0
    /// Those that were left out, because their pictures are not what was stored, or their times cannot be.
    public internal(set) var damaged: [DamagedFrame] = []
    /// Print jobs that are new here.
    public internal(set) var prints = 0
    /// Slots that the ledger now tells of and did not before.
    public internal(set) var slots = 0
    /// Usage readings that are new here.
    public internal(set) var usageReadings = 0
    /// The cameras, by the names that they have here.
    public internal(set) var cameras: Set<CameraName> = []
    public let isDryRun: Bool
}

extension MergeReport: KeyedRecord {
    public static let fields: [Field<Self>] = [
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
