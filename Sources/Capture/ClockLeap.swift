public import Vocabulary

/// The system's clock was set: one instant, by the old time and by the new one.
public struct ClockLeap: Hashable, Sendable {
    public let before: Timestamp
    public let after: Timestamp

    public init(before: Timestamp, after: Timestamp) {
        (self.before, self.after) = (before, after)
    }

    /// By how much; less than zero where it was set back.
    public var shift: Duration { after - before }
}
