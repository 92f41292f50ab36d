/// An instant at which a camera is due.
///
/// Slots lie on a fixed grid: the start of the grid plus a whole number of intervals.
public struct Slot: Hashable, Sendable {
    /// When the camera is due, UTC.
    public let due: Timestamp
    /// The distance to the next slot, at least 1 ms.
    public let interval: Duration

    public init(due: Timestamp, interval: Duration) {
        (self.due, self.interval) = (due, interval)
    }
}
