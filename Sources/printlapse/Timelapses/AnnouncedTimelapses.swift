import Archive
import HTTP
import Monitoring
import Vocabulary

/// Has the configuration's handlers told of timelapses as they are made, where no capture does.
struct AnnouncedTimelapses: Sendable {
    let handlers: [EventHandler]
    /// Makes smaller versions for handlers that take no large file.
    let maker: TimelapseProcess

    /// Works, and returns once what was made meanwhile is told, or the work was cancelled.
    ///
    /// - Parameter work: calls for each of which something became.
    func beside(
        _ work: @Sendable (_ became: @escaping @Sendable (ArchivedTimelapse) -> Void) async throws -> Void
    ) async throws {
        guard !handlers.isEmpty else { return try await work { _ in } }
        try await HTTPConnections.with(trusting: nil) { connections in
            let announcer = TimelapseAnnouncer(
                handlers, transport: connections, fit: { await maker.fit($0, into: $1) },
                tell: { if $0.isWarning { StandardError.sentence($0.description.asSentence) } })
            let (made, ready) = AsyncStream.makeStream(of: ArchivedTimelapse.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { for await timelapse in made { await announcer.announce(timelapse, at: .wallClock) } }
                try await work { if $0.state == .made { ready.yield($0) } }
                ready.finish()
                // What is made is there; only the telling is waited for.
                try await group.waitForAll()
            }
        }
    }
}
