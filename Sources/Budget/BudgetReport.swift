public import Vocabulary

/// The month's allowance as it stands, for showing.
public struct BudgetReport: Hashable, Sendable {
    /// Used by the account: the server's total, and what we have been charged since. `nil` without a reading.
    public let total: ByteCount?
    /// `nil` where it is unlimited or not known.
    public let monthlyCap: ByteCount?
    /// Whether the server says that there is no cap.
    public let unlimited: Bool
    public let resetAt: Timestamp?
    /// Up to the cap, not to our stop.
    public let remaining: ByteCount?
    /// Of the cap that is used; more than 1 is possible.
    public let fraction: Double?
    public let capStop: CapStop
    /// Why captures pause at present, if they do.
    public let pause: CapReason?
    /// What a capture was seen to cost, from above; `nil` until it is measured.
    public let meteredBytesPerFrame: ByteCount?
    /// How many captures fit before our stop; `nil` where nothing bounds them or their cost is not known.
    public let framesLeft: Int64?

    /// Whether slots are skipped at present for the sake of the allowance.
    public var skipping: Bool { pause != nil }
}
