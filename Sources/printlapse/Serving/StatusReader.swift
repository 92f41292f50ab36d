import Archive
import Capture
import Catalog
import Monitoring
import Vocabulary

/// How cameras and the archive are, as the archive alone tells it.
struct StatusReader: Sendable {
    let catalog: Catalog
    /// Of the cameras that are configured.
    let policies: [CameraName: CapturePolicy]
    /// How long slots may fail before that counts; as usual where `nil`.
    var patience: Duration?

    /// More runs than outcomes change in a usual failure; where they are not enough the failure seems younger.
    private static let runs = 200

    func cameras(_ names: [CameraName], at now: Timestamp) async throws -> [JobStatusReport.Camera] {
        var cameras: [JobStatusReport.Camera] = []
        for name in names { cameras.append(try await camera(name, at: now)) }
        return cameras
    }

    private func camera(_ name: CameraName, at now: Timestamp) async throws -> JobStatusReport.Camera {
        let newest = try await catalog.timeline(TimelineQuery(camera: name, limit: 1, order: .newestFirst))
        // Those ahead of the clock may be many; one of them tells that there are some.
        let runs =
            newest.filter { $0.from > now }
            + (try await catalog.timeline(
                TimelineQuery(camera: name, until: now + .milliseconds(1), limit: Self.runs, order: .newestFirst)))
        let reading = try await catalog.usageReadings(camera: name, until: now, limit: 1).first?.reading
        let lastFrame = try await catalog.frames(
            FrameQuery(camera: name, until: now + .milliseconds(1), limit: 1, order: .newestFirst)
        ).first?.capturedAt
        let print = try await catalog.prints(PrintQuery(camera: name, states: [.printing], limit: 1)).first
        return JobStatusReport.Camera(
            name: name,
            health: CameraHealth(
                runs: runs, at: now, patience: patience ?? CameraHealth.standardPatience,
                printingSince: print?.startedAt,
                frozenAfter: policies[name].map(\.frozenAfter) ?? CapturePolicy.standardFrozenAfter),
            lastFrame: lastFrame, usage: reading)
    }

    func report(of cameras: [JobStatusReport.Camera], at now: Timestamp) async throws -> JobStatusReport {
        let counts = try await catalog.timelapseCounts()
        return JobStatusReport(
            cameras: cameras, room: try catalog.room(), writer: catalog.writer(),
            clock: ClockTrouble(
                try await catalog.clockEvents(), aheadUntil: cameras.compactMap(\.health.aheadUntil).max(), at: now),
            now: now, names: ArchiveFile.severalNames(at: catalog.path),
            timelapses: JobStatusReport.Timelapses(
                made: counts[.made, default: 0] + counts[.removed, default: 0],
                unfinished: try await catalog.unfinishedTimelapses()))
    }
}
