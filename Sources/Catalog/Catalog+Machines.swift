package import Archive
package import Vocabulary

extension Catalog {
    /// How far this archive is told to others; `nil` where nobody is told.
    package func publication() async throws -> PublishedArchive? {
        try await read { try PublishedArchive.published(in: $0) }
    }

    /// Other machines whose records are here, and how far they are.
    package func followedMachines() async throws -> [FollowedMachine] {
        try await read { try FollowedMachine.all(in: $0) }
    }

    /// The frames among some whose pictures are with another machine alone, and that machine's name.
    package func machines(keeping frames: [FrameID]) async throws -> [FrameID: String] {
        var found: [FrameID: String] = [:]
        for start in stride(from: 0, to: frames.count, by: 1000) {
            try Task.checkCancellation()
            let page = frames[start..<min(start + 1000, frames.count)]
            let list = "[\(page.map { "\($0.number)" }.joined(separator: ","))]"
            let machines = try await read { try FollowedTable.machines(keeping: list, in: $0) }
            found.merge(machines) { first, _ in first }
        }
        return found
    }
}
