public import Archive
public import Vocabulary

/// A frame that looks like another.
public struct NearFrame: Hashable, Sendable {
    public let frame: ArchivedFrame
    /// How many of the 64 bits of the perceptual hashes differ: 0 for the same looks, some 32 for pictures that have nothing
    /// to do with each other.
    public let distance: Int

    /// The place in the list of near frames: ``FrameQuery/after`` of the page that follows.
    public var cursor: FrameCursor { FrameCursor(after: frame, rank: distance) }
}

extension NearFrame: KeyedRecord {
    /// The frame's own keys, and `distance`.
    public static let fields: [Field<Self>] =
        ArchivedFrame.fields.map { $0.of(\.frame) } + [Field("distance", \.distance)]
}
