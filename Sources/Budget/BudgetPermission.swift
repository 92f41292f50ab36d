package import Vocabulary

/// Whether bytes may be spent now.
package enum BudgetPermission: Hashable, Sendable {
    case granted
    /// A reading that shows room ends it sooner, and the pace decides anew at every slot.
    case refused(until: Timestamp, reason: CapReason)

    /// Why not; `nil` where they may.
    package var reason: CapReason? {
        if case .refused(_, let reason) = self { reason } else { nil }
    }
}
