package import Archive

extension Catalog {
    /// How far this archive is told to others; `nil` where nobody is told.
    package func publication() async throws -> PublishedArchive? {
        try await read { try PublishedArchive.published(in: $0) }
    }

    /// Other machines whose records are here, and how far they are.
    package func followedMachines() async throws -> [FollowedMachine] {
        try await read { try FollowedMachine.all(in: $0) }
    }
}
