public import Vocabulary

/// Something that became known of the capturing machine's clock.
public struct ClockEvent: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// It was set, or was found to be behind what the archive has.
        case leap
        /// From then on it may be wrong.
        case doubt
        /// It is right, as far as is known.
        case trust
    }

    /// The row's number: the order of happening.
    public let id: Int64
    public let kind: Kind
    /// What the clock would have said.
    public let before: Timestamp
    /// What it said from then on; the same unless it leapt.
    public let after: Timestamp
    /// The newest frame then; 0 where there was none.
    public let frame: FrameID
    /// A short constant from a fixed set.
    public let reason: String

    /// By how much the clock leapt.
    public var shift: Duration { after - before }
}
