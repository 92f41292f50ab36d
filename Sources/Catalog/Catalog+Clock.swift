public import Archive

extension Catalog {
    /// What became known of the capturing machine's clock, in the order of happening.
    public func clockEvents() async throws -> [ClockEvent] {
        try await read { try ClockEventTable.all(in: $0) }
    }
}
