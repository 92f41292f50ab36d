public import Vocabulary

/// Totals over a stretch of time.
public struct Statistics: Hashable, Sendable {
    /// Frames captured.
    public internal(set) var frames = 0
    /// The bytes of their pictures, each frame's counted.
    public internal(set) var bytes = ByteCount.zero
    /// Slots that showed the last kept frame again, whether fetched or known to be unchanged.
    public internal(set) var duplicates = 0
    /// What those repetitions would have taken in the archive.
    public internal(set) var bytesSaved = ByteCount.zero
    /// What came over the network. A run that reaches out of the stretch counts in proportion to its slots.
    public internal(set) var received = ByteCount.zero
    /// Slots by outcome; every outcome is there.
    public internal(set) var slots: [SlotOutcome: Int] = Dictionary(
        uniqueKeysWithValues: SlotOutcome.allCases.map { ($0, 0) })
    /// Rejected slots by verdict.
    public internal(set) var rejections: [String: Int] = [:]
    /// Days in UTC that have frames, in order.
    public internal(set) var days: [Day] = []
    /// Cameras, by name.
    public internal(set) var cameras: [Camera] = []

    /// The frames of one day in UTC.
    public struct Day: Hashable, Sendable, Encodable {
        /// `2026-11-23`
        public let day: String
        public let frames: Int
        /// The bytes of the frames' pictures.
        public let bytes: Int64
    }

    /// The frames of one camera.
    public struct Camera: Hashable, Sendable, Encodable {
        public let camera: String
        public let frames: Int
        /// The bytes of the frames' pictures.
        public let bytes: Int64
    }
}

extension Statistics: Encodable {
    private enum Key: String, CodingKey {
        case frames, bytes, duplicates, received, slots, rejections, days, cameras
        case bytesSaved = "bytes_saved"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(frames, forKey: .frames)
        try container.encode(bytes.bytes, forKey: .bytes)
        try container.encode(duplicates, forKey: .duplicates)
        try container.encode(bytesSaved.bytes, forKey: .bytesSaved)
        try container.encode(received.bytes, forKey: .received)
        try container.encode(
            Dictionary(uniqueKeysWithValues: slots.map { ($0.key.rawValue, $0.value) }), forKey: .slots)
        try container.encode(rejections, forKey: .rejections)
        try container.encode(days, forKey: .days)
        try container.encode(cameras, forKey: .cameras)
    }
}
