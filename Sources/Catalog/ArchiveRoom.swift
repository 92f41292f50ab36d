public import Vocabulary

/// The room that an archive takes, and the room there is.
public struct ArchiveRoom: Hashable, Sendable {
    /// Of the archive's file and its log.
    public let used: ByteCount
    /// What is free in its file system for this user.
    public let free: ByteCount
}
