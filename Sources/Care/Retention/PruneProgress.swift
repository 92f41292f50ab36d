package import Vocabulary

/// How far removing frames has come.
package struct PruneProgress: Hashable, Sendable {
    /// Frames that are gone, or turned out to be safe since the plan was made.
    package let framesDone: Int
    package let frames: Int
}

/// What removing frames came to.
package struct PruneResult: Hashable, Sendable {
    package internal(set) var frames = 0
    /// Of their pictures.
    package internal(set) var bytes = ByteCount.zero
    /// Of the archive's file, before and after.
    package internal(set) var fileBefore = ByteCount.zero
    package internal(set) var fileAfter = ByteCount.zero
    /// What is wanting to the size or the free space that the policy asks for, where all that may go does not suffice.
    package internal(set) var shortfall = ByteCount.zero

    package init() {}
}

extension PruneResult: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("frames", \.frames),
        Field("bytes", \.bytes),
        Field("file_before", \.fileBefore),
        Field("file_after", \.fileAfter),
        Field("shortfall", \.shortfall),
    ]
}
