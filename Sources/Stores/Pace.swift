internal import Vocabulary

/// Spreads bytes over time, so that no more than so many go in a second.
struct Pace: Sendable {
    /// How many bytes go at once: about a quarter of a second's.
    let piece: Int
    private let rate: ByteCount
    /// When all that was let go before has had its time.
    private var free: ContinuousClock.Instant?

    init(_ rate: ByteCount) {
        self.rate = ByteCount(max(1, rate.bytes))
        piece = Int(min(1 << 20, max(4096, rate.bytes / 4)))
    }

    /// How long to wait before some more bytes go. Time in which nothing went is not made up for.
    mutating func pause(before bytes: Int, at now: ContinuousClock.Instant) -> Duration {
        let begin = max(now, free ?? now)
        free = begin + .seconds(Double(bytes) / Double(rate.bytes))
        return begin - now
    }
}
