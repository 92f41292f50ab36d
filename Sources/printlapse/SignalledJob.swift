import Capture
import Monitoring
import ServiceLifecycle
import Synchronization

/// A capture job that SIGTERM and SIGINT end: the first signal cleanly, a second one at once.
struct SignalledJob: Service {
    struct Outcome {
        var summary: JobSummary
        var wasSignalled: Bool
    }

    /// What is in flight at the first signal has this long before it is cancelled.
    static let grace = Duration.seconds(5)

    private let job: CaptureJob
    private let monitor: JobMonitor
    private let gallery: ChangingGallery
    private let timelapses: CaptureTimelapses
    private let stores: CaptureStores
    private let isQuiet: Bool
    private let outcome = Box()

    private final class Box: Sendable {
        let value = Mutex<Outcome?>(nil)
    }

    init(
        _ job: CaptureJob, watchedBy monitor: JobMonitor, shownBy gallery: ChangingGallery,
        filmedBy timelapses: CaptureTimelapses, with stores: CaptureStores, isQuiet: Bool
    ) {
        (self.job, self.monitor, self.gallery, self.timelapses) = (job, monitor, gallery, timelapses)
        (self.stores, self.isQuiet) = (stores, isQuiet)
    }

    func run() async throws {
        let summary = try await gallery.serve { [job, monitor, timelapses, stores] in
            try await monitor.watch { try await timelapses.work { try await stores.work { try await job.run() } } }
        }
        let wasSignalled = Task.isShuttingDownGracefully
        outcome.value.withLock { $0 = Outcome(summary: summary, wasSignalled: wasSignalled) }
    }

    /// Runs the job to its end or to a signal.
    func runUntilSignalled() async throws -> Outcome {
        try await runService(self, grace: Self.grace, isQuiet: isQuiet)
        guard let outcome = outcome.value.withLock(\.self) else { throw CancellationError() }
        return outcome
    }
}
