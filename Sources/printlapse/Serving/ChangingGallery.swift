import Gallery
import Monitoring
import ServiceLifecycle
import Vocabulary

/// Serves the gallery beside a capture, and another way when it is told to: a job's settings change while it runs.
///
/// The job waits for nothing of it. Visitors are answered by tasks of a lower priority, on other threads than the job's, and their
/// pictures made on threads that give way to all others.
final class ChangingGallery: Sendable {
    typealias MakeServer =
        @Sendable (
            GallerySetup, _ onListening: @escaping @Sendable (GalleryAddress) -> Void
        ) throws -> any Service

    private let service: ChangingService<GallerySetup>
    private let server: MakeServer
    private let tell: @Sendable (MonitoringMessage) -> Void

    /// - Parameter setup: `nil` for no gallery.
    init(_ setup: GallerySetup?, tell: @escaping @Sendable (MonitoringMessage) -> Void, server: @escaping MakeServer) {
        (service, self.tell, self.server) = (ChangingService(setup), tell, server)
    }

    /// Has it served another way, or not at all. Where that is not possible it is noted, and the job goes on.
    func change(to new: GallerySetup?) { service.change(to: new) }

    /// Serves it until a job has ended.
    ///
    /// - Throws: where the gallery of the first settings cannot be served: the job does not begin. Or what the job throws.
    func serve<Value: Sendable>(beside job: @Sendable () async throws -> Value) async throws -> Value {
        var first: Task<Void, Never>?
        if let setup = service.current { first = try await begin(setup) }
        return try await beside(job) { [first] in await self.follow(first) }
    }

    private func follow(_ first: Task<Void, Never>?) async {
        await service.run(first) { [self] setup in
            guard let setup else {
                tell(.galleryEnded)
                return nil
            }
            do {
                return try await begin(setup)
            } catch {
                tell(.galleryNotServed(reason: Self.explained(error)))
                return nil
            }
        }
    }

    /// - Returns: once it can be asked.
    private func begin(_ setup: GallerySetup) async throws -> Task<Void, Never> {
        let (listening, addresses) = AsyncThrowingStream.makeStream(of: GalleryAddress.self)
        let server = try server(setup) { addresses.yield($0) }
        let serving = Task(priority: .utility) { [addresses, tell] in
            do {
                try await server.run()
                addresses.finish()
            } catch is CancellationError {
                addresses.finish()
            } catch {
                // Who waits for it to listen is told; who has gone on is not there any more.
                if case .terminated = addresses.yield(with: .failure(error)) {
                    tell(.galleryNotServed(reason: Self.explained(error)))
                }
            }
        }
        for try await address in listening {
            tell(.galleryServed(at: setup.url(at: address), isExposed: setup.warning != nil))
            break
        }
        return serving
    }

    private static func explained(_ error: any Error) -> any ExplainedError {
        error as? any ExplainedError
            ?? CommandError("the gallery is not served: \(error)", hint: "Change its settings.", label: "gallery")
    }
}
