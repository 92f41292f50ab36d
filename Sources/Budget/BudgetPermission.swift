public import Vocabulary

/// Whether bytes may be spent now.
public enum BudgetPermission: Hashable, Sendable {
    case granted
    /// A reading that shows room ends it sooner.
    case refused(until: Timestamp, reason: CapReason)
}

/// Bytes that were set aside for one request and are counted as used until it is settled.
public struct BudgetReservation: Hashable, Sendable {
    let number: UInt64
    /// The most that the request may bring.
    public let amount: ByteCount
}
