import Archive
import Capture
import CaptureSupport
import Care
import Catalog
import Foundation
import HTTP
import Simulator
import Storage
import Synchronization
import TestSupport
import Tunnel
import Vocabulary

/// A simulated tunnel, an archive in a folder of its own, and jobs between them, all on one clock whose time passes while
/// everybody sleeps: a picture every 10 s, and no slot late on a busy machine.
struct CaptureBench {
    let tunnel: SimulatedTunnel
    let path: String
    let camera: CameraName
    let clock: VirtualClock

    /// 2026-11-23T12:00:00Z
    static let noon = Timestamp(milliseconds: 1_795_435_200_000)

    /// Runs `body` with a bench, and takes everything away afterwards.
    static func with<Value>(
        _ settings: SimulatorSettings = .small, start: Timestamp = noon, population: Int = 2,
        _ body: (CaptureBench) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "capture-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clock = VirtualClock(start: start, population: population)
        var settings = settings
        // A server's time is right, whatever the machine's clock says.
        settings.now = { clock.truth }
        let tunnel = try await SimulatedTunnel.start(settings)
        let bench = CaptureBench(
            tunnel: tunnel, path: folder.appending(path: "archive.sqlite").path, camera: try CameraName("printer"),
            clock: clock)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(bench))
        } catch {
            result = .failure(error)
        }
        await tunnel.stop()
        try FileManager.default.removeItem(at: folder)
        return try result.get()
    }

    /// Captures through the tunnel until the end, and closes the archive.
    func capture(
        _ end: JobEnd, interval: Duration = .seconds(10), limits: TunnelLimits = TunnelLimits(),
        change: (inout CameraSetup) -> Void = { _ in },
        through wrap: (any HTTPTransport) -> any HTTPTransport = { $0 },
        tell: @escaping @Sendable (CaptureEvent) -> Void = { _ in }
    ) async throws -> CaptureSummary {
        var setup = try setup(interval: interval)
        change(&setup)
        return try await run([setup], end, limits: limits, clock: clock, through: wrap, tell: tell).total
    }

    /// The camera behind the tunnel.
    func setup(
        _ name: String = "printer", _ pictures: TunnelPictures = .announced, interval: Duration = .seconds(10)
    ) throws -> CameraSetup {
        CameraSetup(
            name: try CameraName(name), source: .tunnel(try TunnelEndpoint(parsing: tunnel.endpoint), pictures),
            policy: .every(interval))
    }

    func run(
        _ setups: [CameraSetup], _ end: JobEnd = JobEnd(), changes: AsyncStream<CaptureSettings>? = nil,
        room: RoomRules = RoomRules(minimumFree: .zero), retention: RetentionPolicy? = nil,
        limits: TunnelLimits = TunnelLimits(), clock: any JobClock,
        through wrap: (any HTTPTransport) -> any HTTPTransport = { $0 },
        tell: @escaping @Sendable (CaptureEvent) -> Void = { _ in }
    ) async throws -> JobSummary {
        let archive = try await FrameArchive.open(at: path)
        let connections = try HTTPConnections(trusting: nil)
        let retired = Atomic(0)
        let job = CaptureJob(
            CaptureSettings(cameras: setups, room: room, retention: retention), changes: changes, end: end,
            archive: archive, transport: wrap(connections), clock: clock, limits: limits,
            tell: { event in
                tell(event)
                // A camera that ends may start anew where cameras change; with the last one the job ends.
                guard case .ended = event, changes == nil,
                    retired.load(ordering: .relaxed) < setups.count - 1
                else { return }
                retired.add(1, ordering: .relaxed)
                (clock as? VirtualClock)?.retire()
            })
        let result: Result<JobSummary, any Error>
        do {
            result = .success(try await job.run())
        } catch {
            result = .failure(error)
        }
        (clock as? VirtualClock)?.enroll(retired.load(ordering: .relaxed))
        await connections.shutdown()
        try await archive.close()
        return try result.get()
    }

    func timeline() async throws -> [LedgerRun] {
        try await Catalog.open(at: path).timeline()
    }

    /// Whether every frame is whole and the ledger has no hole.
    func isSound() async throws -> Bool {
        try await Catalog.open(at: path).verify().isSound
    }
}

extension SimulatorSettings {
    /// Small pictures of a long print that has begun.
    static var small: SimulatorSettings {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        settings.warmUp = .zero
        settings.printDuration = .seconds(200_000)
        settings.taggedEvery = 0
        return settings
    }
}

extension CapturePolicy {
    static func every(_ interval: Duration) -> CapturePolicy {
        var policy = CapturePolicy()
        policy.interval = interval
        return policy
    }
}
