/// Serves the metrics at one address, and at another when it is told to: a job's settings change while it runs.
final class ChangingMetrics: Sendable {
    private let service: ChangingService<MetricsAddress>
    private let tell: @Sendable (MonitoringMessage) -> Void

    /// - Parameter address: `nil` for nowhere.
    init(at address: MetricsAddress?, tell: @escaping @Sendable (MonitoringMessage) -> Void) {
        (service, self.tell) = (ChangingService(address), tell)
    }

    /// Begins to listen where the job's first settings say.
    ///
    /// - Throws: ``MetricsServerError``: a job whose metrics cannot be served does not begin.
    func bind(page: @escaping @Sendable () -> String) async throws(MetricsServerError) -> MetricsServer? {
        guard let address = service.current else { return nil }
        return try await .bind(to: address, page: page)
    }

    /// Has the metrics served elsewhere, or nowhere. Where that is not possible, it is noted, and the job goes on.
    func move(to new: MetricsAddress?) { service.change(to: new) }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter first: what ``bind(page:)`` gave.
    func run(_ first: MetricsServer?, page: @escaping @Sendable () -> String) async {
        await service.run(first.map(Self.serve)) { [tell] address in
            guard let address else {
                tell(.metricsEnded)
                return nil
            }
            do throws(MetricsServerError) {
                let server = try await MetricsServer.bind(to: address, page: page)
                tell(.metricsMoved(to: address))
                return Self.serve(server)
            } catch {
                tell(.metricsNotServed(reason: error))
                return nil
            }
        }
    }

    private static func serve(_ server: MetricsServer) -> Task<Void, Never> {
        Task { await server.run() }
    }
}
