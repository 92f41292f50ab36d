package import Vocabulary

/// The system's clock was set: one instant, by the old time and by the new one.
package struct ClockLeap: Hashable, Sendable {
    package let before: Timestamp
    package let after: Timestamp

    package init(before: Timestamp, after: Timestamp) {
        (self.before, self.after) = (before, after)
    }

    /// By how much; less than zero where it was set back.
    package var shift: Duration { after - before }
}
