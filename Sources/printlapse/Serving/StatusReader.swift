import Archive
import Capture
import Catalog
import Monitoring
import Settings
import Vocabulary

/// How cameras and the archive are, as the archive alone tells it.
struct StatusReader: Sendable {
    private let catalog: Catalog
    /// Of the cameras that are configured.
    private let policies: [CameraName: CapturePolicy]
    private let patience: Duration
    /// Up to when other machines told of their cameras, but for those that are silent.
    private let toldAt: [CameraName: Timestamp]

    /// - Parameters:
    ///   - configured: the cameras of the configuration.
    ///   - patience: how long slots may fail before that counts; as usual where `nil`.
    ///   - machines: the others that are followed. How a camera of theirs is at this moment is known there alone: here it is told as it
    ///     was when its machine last told of it, and as it is by now where that is silent.
    init(
        catalog: Catalog, configured: [JobConfiguration.Camera] = [], patience: Duration? = nil,
        machines: [FollowedMachine] = []
    ) {
        self.catalog = catalog
        policies = Dictionary(configured.map { ($0.name, $0.policy) }) { first, _ in first }
        self.patience = patience ?? CameraHealth.standardPatience
        let told = machines.filter { !$0.isSilent }.flatMap { machine in
            machine.cameras.compactMap { camera in
                (try? CameraName(camera)).flatMap { name in machine.segmentAt.map { (name, $0) } }
            }
        }
        toldAt = Dictionary(told) { first, _ in first }
    }

    func cameras(_ names: [CameraName], at now: Timestamp) async throws -> [JobStatusReport.Camera] {
        try await catalog.standings(of: names, at: now).map { camera($0, at: now) }
    }

    func camera(_ standing: CameraStanding, at now: Timestamp) -> JobStatusReport.Camera {
        let name = standing.camera
        let now = min(now, toldAt[name] ?? now)
        return JobStatusReport.Camera(
            name: name,
            health: CameraHealth(
                // Those ahead of the clock may be many; one of them tells that there are some.
                runs: (standing.runAhead.map { [$0] } ?? []) + standing.runs, at: now,
                patience: patience, printingSince: standing.printingSince,
                frozenAfter: policies[name].map(\.frozenAfter) ?? CapturePolicy.standardFrozenAfter),
            lastFrame: standing.lastCapturedAt, usage: standing.reading)
    }

    func report(of cameras: [JobStatusReport.Camera], at now: Timestamp) async throws -> JobStatusReport {
        let counts = try await catalog.timelapseCounts()
        let alerts = try await catalog.openAlerts()
        let failingSince = { (task: StoreTask) in
            alerts.first { $0.kind == AlertKind(failing: task).rawValue }?.since
        }
        let (writer, publication) = (catalog.writer(), try await catalog.publication())
        return JobStatusReport(
            cameras: cameras, room: try catalog.room(), writer: writer,
            clock: ClockTrouble(
                try await catalog.clockEvents(), aheadUntil: cameras.compactMap(\.health.aheadUntil).max(), at: now),
            now: now, names: ArchiveFile.severalNames(at: catalog.path),
            timelapses: JobStatusReport.Timelapses(
                made: counts[.made, default: 0] + counts[.removed, default: 0],
                unfinished: try await catalog.unfinishedTimelapses()),
            offloadFailingSince: failingSince(.offload),
            publishFailingSince: failingSince(.publish).flatMap {
                publication?.isSettled(since: $0, isCapturing: writer != nil) == true ? nil : $0
            }, publication: publication, machines: try await catalog.followedMachines().map { $0.judged(at: now) })
    }
}
