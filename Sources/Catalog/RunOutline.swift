public import Vocabulary

/// How a camera's slots went from one instant to another, without what else a run tells.
public struct RunOutline: Hashable, Sendable {
    public let from: Timestamp
    public let until: Timestamp
    public let outcome: SlotOutcome

    public init(from: Timestamp, until: Timestamp, outcome: SlotOutcome) {
        (self.from, self.until, self.outcome) = (from, until, outcome)
    }
}
