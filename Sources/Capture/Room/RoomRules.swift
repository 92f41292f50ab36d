package import Vocabulary

/// How much room captures leave, and how much they take.
package struct RoomRules: Hashable, Sendable {
    /// Captures pause where less than this is free in the archive's file system.
    package var minimumFree: ByteCount
    /// Captures pause where the archive's file and its log have this size; `nil` for no limit.
    package var maximumSize: ByteCount?

    /// The log holds up to 64 MB that the archive's file has no room for yet, and other programs need some, too.
    package static let standardMinimumFree = ByteCount(200_000_000)

    package init(minimumFree: ByteCount = standardMinimumFree, maximumSize: ByteCount? = nil) {
        (self.minimumFree, self.maximumSize) = (minimumFree, maximumSize)
    }
}
