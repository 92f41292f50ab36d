package import Vocabulary

/// When the owner is told.
package struct AlertRules: Hashable, Sendable {
    /// A camera counts as stopped when its slots have failed for this long…
    package var stoppedAfter: Duration
    /// …and when so many of them did, one after the other: with long intervals one lost picture is no reason to call.
    package var failedSlots: Int
    /// The part of what captures may use at which the cap counts as near.
    package var nearShare: Double
    /// Less room than this in the archive's file system is little.
    package var leastRoom: ByteCount

    package init(
        stoppedAfter: Duration = .seconds(300), failedSlots: Int = 3, nearShare: Double = 0.8,
        leastRoom: ByteCount = ByteCount(1_000_000_000)
    ) {
        (self.stoppedAfter, self.failedSlots) = (stoppedAfter, failedSlots)
        (self.nearShare, self.leastRoom) = (nearShare, leastRoom)
    }
}
