public import Archive
public import Vocabulary

extension Catalog {
    /// The stretches of frames between which the archive's time leaps, in the order of the frames' numbers.
    ///
    /// - Parameter now: by this machine's clock.
    public func timeStretches(at now: Timestamp) async throws -> [TimeStretch] {
        try await read { try TimeStretches.all(at: now, in: $0) }
    }

    /// What became known of the capturing machine's clock, in the order of happening.
    public func clockEvents() async throws -> [ClockEvent] {
        try await read { try ClockEventTable.all(in: $0) }
    }
}
