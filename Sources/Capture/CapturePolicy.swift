package import Budget
package import Deduplication

/// How a camera is captured, wherever its pictures come from.
package struct CapturePolicy: Hashable, Sendable {
    /// From one slot to the next, 10 ms or more.
    package var interval = Duration.seconds(10)
    package var nearDuplicates = NearDuplicates.keep
    package var capStop = CapStop.standard
    /// What of the allowance is kept for the owner's own use.
    package var ownersReserve = OwnersReserve.none
    /// Whether slots are left out so that the allowance lasts until its reset.
    package var isPaced = false
    /// The name of the account that the tunnel belongs to, where the owner says it: equal names share one budget.
    package var account: String?
    package var time = CaptureTime.always
    /// How long a camera may show the very same picture while something prints before it counts as frozen; `nil` for ever.
    package var frozenAfter: Duration? = CapturePolicy.standardFrozenAfter
    /// Whether the server's failure detection is asked with each frame.
    package var keepsPredictions = false
    /// How long a picture may take, where its owner says it.
    package var pictureDeadline: Duration?

    package init() {}

    /// An hour.
    package static let standardFrozenAfter = Duration.seconds(3600)

    /// The owner's reserve where slots are paced and nothing else is said: a fifth of the cap.
    package static let standardPacedReserve = OwnersReserve.fraction(0.2)
}
