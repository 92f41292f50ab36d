public import Archive

/// A frame that looks like another.
public struct AlikeFrame: Hashable, Sendable {
    public let frame: ArchivedFrame
    /// How many of the 64 bits of the perceptual hashes differ: 0 for the same looks, some 32 for pictures that have nothing
    /// to do with each other.
    public let distance: Int

    /// The place in the list of frames that are alike: ``FrameQuery/after`` of the page that follows.
    public var cursor: FrameCursor { FrameCursor(after: frame, rank: distance) }
}

extension AlikeFrame: Encodable {
    private enum Key: String, CodingKey {
        case distance
    }

    /// The frame's own keys, and `distance`.
    public func encode(to encoder: any Encoder) throws {
        try frame.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(distance, forKey: .distance)
    }
}
