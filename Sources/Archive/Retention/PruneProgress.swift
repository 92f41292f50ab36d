public import Vocabulary

/// How far removing frames has come.
public struct PruneProgress: Hashable, Sendable {
    /// Frames that are gone, or turned out to be safe since the plan was made.
    public let framesDone: Int
    public let frames: Int
}

/// What removing frames came to.
public struct PruneResult: Hashable, Sendable {
    public internal(set) var frames = 0
    /// Of their pictures.
    public internal(set) var bytes = ByteCount.zero
    /// Of the archive's file, before and after.
    public internal(set) var fileBefore = ByteCount.zero
    public internal(set) var fileAfter = ByteCount.zero
    /// What is wanting to the size or the free space that the policy asks for, where all that may go does not suffice.
    public internal(set) var shortfall = ByteCount.zero

    public init() {}
}

extension PruneResult: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("frames", \.frames),
        Field("bytes", \.bytes),
        Field("file_before", \.fileBefore),
        Field("file_after", \.fileAfter),
        Field("shortfall", \.shortfall),
    ]
}
