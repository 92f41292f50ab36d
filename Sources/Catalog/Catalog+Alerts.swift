public import Archive

extension Catalog {
    /// What the owner was told and is not over yet, the oldest first.
    public func openAlerts() async throws -> [OpenAlert] { try await read { try AlertTable.all(in: $0) } }
}
