public import Vocabulary

/// How much room captures leave, and how much they take.
public struct RoomRules: Hashable, Sendable {
    /// Captures pause where less than this is free in the archive's file system.
    public var minimumFree: ByteCount
    /// Captures pause where the archive's file and its log have this size; `nil` for no limit.
    public var maximumSize: ByteCount?

    /// The log holds up to 64 MB that the archive's file has no room for yet, and other programs need some, too.
    public static let standardMinimumFree = ByteCount(200_000_000)

    public init(minimumFree: ByteCount = standardMinimumFree, maximumSize: ByteCount? = nil) {
        (self.minimumFree, self.maximumSize) = (minimumFree, maximumSize)
    }
}
