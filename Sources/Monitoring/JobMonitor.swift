import Archive
package import Capture
package import HTTP
import ServiceLifecycle
package import Storage
import Synchronization
import Vocabulary

/// Watches over a capture job: is told its events, and makes of them alerts, metrics and signs of life.
///
/// Nothing in it can hold the job up: ``observe(_:)`` decides and counts, and all else happens beside the job.
package final class JobMonitor: Sendable {
    private struct State {
        var metrics: JobMetrics
        var status = JobStatus()
        var progress = JobProgress(start: .now)
        /// Whether it was said that the service manager does not listen.
        var hasComplained = false
    }

    private let metrics: ChangingMetrics
    private let serviceManager: ServiceManager?
    private let alerts: JobAlerts
    private let clock: any JobClock
    private let tell: @Sendable (MonitoringMessage) -> Void
    private let state: Mutex<State>

    /// Between two lines of status for the service manager.
    static let statusInterval = Duration.seconds(10)
    /// After the job's end, alerts that wait have this long to be told.
    static let lastWords = Duration.seconds(3)

    /// - Parameters:
    ///   - transport: for webhooks.
    ///   - clock: the job's.
    ///   - tell: is called from several tasks at once.
    /// - Throws: ``ServiceManagerError``, or ``ArchiveError`` where the open alerts cannot be read.
    package init(
        _ settings: MonitoringSettings, archive: FrameArchive, transport: any HTTPTransport, clock: any JobClock,
        tell: @escaping @Sendable (MonitoringMessage) -> Void
    ) throws {
        metrics = ChangingMetrics(at: settings.metrics, tell: tell)
        serviceManager = try ServiceManager(environment: settings.environment)
        let delivery = AlertDelivery(
            handlers: settings.handlers, transport: transport, pause: { try await Task.sleep(for: $0) }, tell: tell,
            fit: settings.fit)
        alerts = try JobAlerts(rules: settings.rules, archive: archive, delivery: delivery, tell: tell)
        self.clock = clock
        self.tell = tell
        state = Mutex(State(metrics: JobMetrics(version: settings.version)))
    }

    /// Takes an event of the job.
    package func observe(_ event: CaptureEvent) {
        state.withLock { state in
            state.metrics.observe(event)
            state.status.observe(event)
            state.progress.observe(event, at: .now)
        }
        alerts.observe(event, at: clock.now())
        switch event {
        case .reloaded, .notReloaded: tell(.ready)
        default: break
        }
    }

    /// Says that the configuration is about to be read again; the job's event says when that is done.
    package func willReload() { tell(.reloading) }

    /// Tells these handlers from now on, and serves the metrics there; what stays as it is notices nothing.
    package func change(handlers: [EventHandler], metrics address: MetricsAddress?) {
        if alerts.change(to: handlers) { tell(.handlersChanged(handlers.count)) }
        metrics.move(to: address)
    }

    /// Runs a job and what watches over it: the metrics' listener, the telling of alerts, and the signs of life.
    ///
    /// - Throws: ``MetricsServerError`` where the metrics cannot be served, or what the job throws.
    package func watch<Value: Sendable>(over job: @Sendable () async throws -> Value) async throws -> Value {
        let server = try await metrics.bind(page: page)
        let result = await withTaskGroup(of: Part.self) { parts in
            parts.addTask {
                await self.metrics.run(server, page: self.page)
                return .background
            }
            parts.addTask {
                await self.giveSignsOfLife()
                return .background
            }
            parts.addTask {
                await self.alerts.run()
                return .alerts
            }
            defer { parts.cancelAll() }

            tell(.ready)
            let result: Result<Value, any Error>
            do {
                result = .success(try await withGracefulShutdownHandler(operation: job) { self.tell(.stopping) })
            } catch {
                result = .failure(error)
            }
            tell(.stopping)

            alerts.finish()
            parts.addTask {
                // Whether the time is over or the task cancelled, nobody waits any longer.
                try? await Task.sleep(for: Self.lastWords)
                return .timer
            }
            for await part in parts where part != .background { break }
            return result
        }
        return try result.get()
    }

    private enum Part { case background, alerts, timer }

    /// The job's figures, in Prometheus's text format.
    package func page() -> String {
        let process = ProcessFigures.current()
        // A copy is cheap, and the job's events do not wait for the page.
        let metrics = state.withLock(\.metrics)
        return metrics.page(process: process)
    }

    private func giveSignsOfLife() async {
        guard let serviceManager else { return }
        let interval = min(Self.statusInterval, serviceManager.watchdog.map { $0 / 2 } ?? Self.statusInterval)
        repeat {
            let (status, isAlive) = state.withLock { ($0.status, $0.progress.isMade(at: .now)) }
            tell(.status(status.text(at: clock.now())))
            if isAlive, serviceManager.watchdog != nil { tell(.watchdog) }
        } while await sleeps(interval)
    }

    private func sleeps(_ time: Duration) async -> Bool {
        do {
            try await Task.sleep(for: time)
            return true
        } catch {
            return false
        }
    }

    private func tell(_ serviceState: ServiceState) {
        do throws(ServiceManagerError) {
            try serviceManager?.tell(serviceState)
        } catch {
            let isNew = state.withLock { state in
                defer { state.hasComplained = true }
                return !state.hasComplained
            }
            if isNew { tell(.serviceManagerAway(reason: error)) }
        }
    }
}
