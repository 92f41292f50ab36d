public import Archive
import ServiceLifecycle
import Snapshots
public import Tunnel
import Vocabulary

/// The background job: cameras and a clock, and for each camera the path of a frame, slot by slot.
///
/// Cameras run beside one another; a slow one delays no other. A graceful shutdown lets the slots in flight finish.
public struct CaptureJob: Sendable {
    let cameras: [CameraSetup]
    let end: JobEnd
    let archive: FrameArchive
    let transport: any HTTPTransport
    let clock: any JobClock
    let limits: TunnelLimits
    let tell: @Sendable (CaptureEvent) -> Void

    /// - Parameter tell: is called from several tasks at once, in each camera's own order.
    public init(
        cameras: [CameraSetup], end: JobEnd = JobEnd(), archive: FrameArchive, transport: any HTTPTransport,
        clock: any JobClock, limits: TunnelLimits = TunnelLimits(),
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        self.cameras = cameras
        self.end = end
        self.archive = archive
        self.transport = transport
        self.clock = clock
        self.limits = limits
        self.tell = tell
    }

    /// Runs every camera to its end.
    ///
    /// - Throws: ``ArchiveError`` where nothing can be recorded any more; the other cameras are stopped then.
    public func run() async throws -> JobSummary {
        try await withThrowingTaskGroup(of: (CameraName, CaptureSummary).self) { group in
            for camera in cameras {
                group.addTask { (camera.name, try await run(camera)) }
            }
            var job = JobSummary(total: CaptureSummary(from: clock.now()))
            for try await (camera, summary) in group {
                job.cameras[camera] = summary
                job.total.add(summary)
            }
            return job
        }
    }

    private func run(_ camera: CameraSetup) async throws -> CaptureSummary {
        switch camera.source {
        case .url(let url):
            let source = PlainURLSource(
                camera: camera.name, url: url, transport: transport, limits: limits, now: { [clock] in clock.now() })
            return try await run(camera, source: source, allowance: nil)

        case .tunnel(let endpoint):
            let client = TunnelClient(endpoint: endpoint, transport: transport, limits: limits)
            let source = WebcamAPISource(camera: camera.name, client: client, now: { [clock] in clock.now() })
            let allowance = try Allowance(
                stop: camera.capStop, camera: camera.name, client: client, archive: archive, clock: clock, tell: tell)
            let succeeded = try await allowance.read()
            return try await withThrowingTaskGroup(of: CaptureSummary?.self) { group in
                group.addTask { try await allowance.keepReading(succeeded: succeeded) }
                group.addTask {
                    let summary = try await run(camera, source: source, allowance: allowance)
                    // One more reading tells what this run has cost; a job that is being stopped does not wait for it.
                    if !Task.isShuttingDownGracefully { _ = try await allowance.read() }
                    return summary
                }
                defer { group.cancelAll() }
                while let finished = try await group.next() {
                    if let summary = finished { return summary }
                }
                throw CancellationError()
            }
        }
    }

    private func run(
        _ camera: CameraSetup, source: any SnapshotSource, allowance: Allowance?
    ) async throws(ArchiveError) -> CaptureSummary {
        let fetch = PictureFetch(
            camera: camera.name, source: source, allowance: allowance, archive: archive, clock: clock, tell: tell)
        let pass = try SlotPass(
            camera: camera.name, fetch: fetch, nearDuplicates: camera.nearDuplicates, archive: archive)
        var loop = CameraLoop(setup: camera, end: end, pass: pass, archive: archive, clock: clock, tell: tell)
        return try await loop.run()
    }
}
