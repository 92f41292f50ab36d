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

    /// Up to when the pictures of other machines' cameras can be had here; `nil` for a camera of which none can.
    package func readableEnds() async throws -> [CameraName: Timestamp?] {
        try await read { database in
            try FollowedTable.cameras(in: database).mapValues {
                try FollowedTable.newestReadable(ofCamera: $0.camera, in: database)?.capturedAt
            }
        }
    }

    /// The frames among some whose pictures are with another machine alone, and that machine's name.
    package func machines(keeping frames: [FrameID]) async throws -> [FrameID: String] {
        var found: [FrameID: String] = [:]
        for start in stride(from: 0, to: frames.count, by: 1000) {
            try Task.checkCancellation()
            let page = frames[start..<min(start + 1000, frames.count)]
            let machines = try await read { database in
                try page.map { try FollowedTable.machine(keeping: $0, in: database) }
            }
            for (frame, machine) in zip(page, machines) { found[frame] = machine }
        }
        return found
    }
}
