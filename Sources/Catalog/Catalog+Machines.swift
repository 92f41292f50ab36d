package import Archive

extension Catalog {
    /// Other machines whose records are here, and how far they are.
    package func followedMachines() async throws -> [FollowedMachine] {
        try await read { try FollowedMachine.all(in: $0) }
    }
}
