/// One answer of the tunnel's usage API.
public struct UsageReading: Hashable, Sendable {
    /// When it was read, by this machine's clock.
    public let readAt: Timestamp
    /// Bytes used this month by the whole account.
    public let total: ByteCount
    /// `nil` where the allowance is unlimited.
    public let monthlyCap: ByteCount?
    /// The true reset: the earlier of what the server said and the next first of the month at 00:00 UTC.
    public let resetAt: Timestamp

    /// - Parameter resetIn: the server's `reset_in_seconds`, which was seen to be up to a day late; values that are negative,
    ///   absurd or absent leave the first of the next month.
    public init(readAt: Timestamp, total: ByteCount, monthlyCap: ByteCount?, resetIn: Duration?) {
        self.readAt = readAt
        self.total = total
        self.monthlyCap = monthlyCap
        let month = readAt.startOfNextMonth
        if let resetIn, resetIn > .zero, resetIn < .seconds(32 * 86_400) {
            resetAt = min(month, readAt + resetIn)
        } else {
            resetAt = month
        }
    }

    /// A reading as it was stored, with its true reset already known.
    public init(readAt: Timestamp, total: ByteCount, monthlyCap: ByteCount?, resetAt: Timestamp) {
        (self.readAt, self.total, self.monthlyCap, self.resetAt) = (readAt, total, monthlyCap, resetAt)
    }
}
