import Synchronization

/// Serves the metrics at one address, and at another when it is told to: a job's settings change while it runs.
final class MetricsDesk: Sendable {
    private let address: Mutex<MetricsAddress?>
    private let note: @Sendable (MonitoringNote) -> Void
    private let moves: AsyncStream<MetricsAddress?>
    private let queue: AsyncStream<MetricsAddress?>.Continuation

    /// - Parameter address: `nil` for nowhere.
    init(at address: MetricsAddress?, note: @escaping @Sendable (MonitoringNote) -> Void) {
        self.address = Mutex(address)
        self.note = note
        (moves, queue) = AsyncStream.makeStream()
    }

    /// Begins to listen where the job's first settings say.
    ///
    /// - Throws: ``MetricsServerError``: a job whose metrics cannot be served does not begin.
    func bind(page: @escaping @Sendable () -> String) async throws(MetricsServerError) -> MetricsServer? {
        guard let address = address.withLock(\.self) else { return nil }
        return try await .bind(to: address, page: page)
    }

    /// Has the metrics served elsewhere, or nowhere. Where that is not possible, it is noted, and the job goes on.
    func move(to new: MetricsAddress?) {
        let isNew = address.withLock { address in
            defer { address = new }
            return address != new
        }
        if isNew { queue.yield(new) }
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter first: what ``bind(page:)`` gave.
    func run(_ first: MetricsServer?, page: @escaping @Sendable () -> String) async {
        var serving = first.map(serve)
        for await address in moves {
            // First the old one ends: the new address may be the same port, for others as well.
            await end(serving)
            serving = nil
            guard let address else {
                note(.metricsEnded)
                continue
            }
            do throws(MetricsServerError) {
                serving = serve(try await .bind(to: address, page: page))
                note(.metricsMoved(to: address))
            } catch {
                note(.metricsNotServed(reason: error))
            }
        }
        await end(serving)
    }

    private func serve(_ server: MetricsServer) -> Task<Void, Never> {
        Task { await server.run() }
    }

    private func end(_ serving: Task<Void, Never>?) async {
        serving?.cancel()
        await serving?.value
    }
}
