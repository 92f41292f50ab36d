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

extension MergeReport: Encodable {
    private enum Key: String, CodingKey {
        case frames, stored, known, damaged, prints, slots, cameras
        case bytesStored = "bytes_stored"
        case usageReadings = "usage_readings"
        case isDryRun = "dry_run"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(frames, forKey: .frames)
        try container.encode(stored, forKey: .stored)
        try container.encode(bytesStored.bytes, forKey: .bytesStored)
        try container.encode(known, forKey: .known)
        try container.encode(damaged, forKey: .damaged)
        try container.encode(prints, forKey: .prints)
        try container.encode(slots, forKey: .slots)
        try container.encode(usageReadings, forKey: .usageReadings)
        try container.encode(cameras.sorted().map(\.text), forKey: .cameras)
        try container.encode(isDryRun, forKey: .isDryRun)
    }
}
