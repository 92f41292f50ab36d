package import Vocabulary

/// Neighbouring slots of one camera without a frame, all with one outcome, that are to be entered into the ledger.
package struct SlotRun: Hashable, Sendable {
    package let outcome: SlotOutcome
    /// Why it went so: slots with the same reason share a run.
    package let detail: SlotReason?
    /// The instant of the first slot.
    package let first: Timestamp
    /// The number of slots; none are entered for 0 or less.
    package private(set) var slots: Int
    /// The distance between slots, at least 1 ms.
    package let interval: Duration
    /// What came over the network for these slots.
    package private(set) var received: ByteCount

    package init(
        outcome: SlotOutcome, detail: SlotReason?, first: Timestamp, slots: Int, interval: Duration,
        received: ByteCount = .zero
    ) {
        (self.outcome, self.detail, self.first) = (outcome, detail, first)
        (self.slots, self.interval, self.received) = (slots, interval, received)
    }

    /// Takes in slots that follow on these and went the same way.
    ///
    /// - Returns: `false` where they do not.
    package mutating func extend(by next: SlotRun) -> Bool {
        guard outcome == next.outcome, detail == next.detail, interval == next.interval,
            next.first == first + interval * slots
        else { return false }
        slots += next.slots
        received += next.received
        return true
    }
}
