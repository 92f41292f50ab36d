import Archive
import Catalog
import Foundation
import Simulator
import Snapshots
import Synchronization
import Testing
import TestSupport
import Tunnel
import Vocabulary

@testable import Capture

/// A simulated tunnel, an archive in a folder of its own, and a job between them.
struct CaptureBench {
    let tunnel: SimulatedTunnel
    let path: String
    let camera: CameraName

    /// Runs `body` with a bench, and takes everything away afterwards.
    static func with<Value>(
        _ settings: SimulatorSettings = .quick, _ body: (CaptureBench) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "capture-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let tunnel = try await SimulatedTunnel.start(settings)
        let bench = CaptureBench(
            tunnel: tunnel, path: folder.appending(path: "archive.sqlite").path, camera: try CameraName("printer"))
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

    /// Captures until the end and closes the archive.
    func capture(
        _ end: JobEnd, interval: Duration = .milliseconds(50), change: (inout CameraSetup) -> Void = { _ in },
        limits: TunnelLimits = TunnelLimits(), tell: @escaping @Sendable (CaptureEvent) -> Void = { _ in }
    ) async throws -> CaptureSummary {
        var setup = CameraSetup(
            name: camera, source: .tunnel(try TunnelEndpoint(parsing: tunnel.endpoint)), interval: interval)
        change(&setup)
        return try await run([setup], end, limits: limits, tell: tell).total
    }

    func run(
        _ setups: [CameraSetup], _ end: JobEnd, limits: TunnelLimits = TunnelLimits(),
        clock: any JobClock = SystemJobClock(), tell: @escaping @Sendable (CaptureEvent) -> Void = { _ in }
    ) async throws -> JobSummary {
        let archive = try await FrameArchive.open(at: path)
        let connections = try HTTPConnections(trusting: nil)
        let job = CaptureJob(
            cameras: setups, end: end, archive: archive, transport: connections, clock: clock, limits: limits, tell: tell)
        let result: Result<JobSummary, any Error>
        do {
            result = .success(try await job.run())
        } catch {
            result = .failure(error)
        }
        await connections.shutdown()
        try await archive.close()
        return try result.get()
    }

    func timeline() async throws -> [LedgerRun] {
        try await Catalog.open(at: path).timeline(camera: nil, since: nil, until: nil, gapsOnly: false, limit: nil)
    }

    /// Whether every frame is whole and the ledger has no hole.
    func isSound() async throws -> Bool {
        try await Catalog.open(at: path).verify().isSound
    }
}

extension SimulatorSettings {
    /// Small pictures, and a new one every 20 ms.
    static var quick: SimulatorSettings {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 160, height: 120)
        settings.speed = 500
        settings.warmUp = .zero
        settings.printDuration = .seconds(100_000)
        return settings
    }
}

@Suite struct `A capture job` {
    @Test func `stores whole frames although one picture in three is torn`() async throws {
        try await CaptureBench.with { bench in
            bench.tunnel.set(try Fault(parsing: "torn:3"))
            let retries = Mutex(0)
            let summary = try await bench.capture(
                JobEnd(frames: 20),
                tell: { event in
                    if case .retrying = event { retries.withLock { $0 += 1 } }
                })
            #expect(summary.framesStored == 20)
            #expect(retries.withLock(\.self) > 0)
            #expect(try await bench.isSound())
        }
    }

    @Test func `accounts for every slot in the ledger`() async throws {
        try await CaptureBench.with { bench in
            let summary = try await bench.capture(JobEnd(slots: 30), interval: .milliseconds(20))
            let runs = try await bench.timeline()
            #expect(runs.reduce(0) { $0 + $1.slots } == summary.slots.values.reduce(0, +))
            for (one, next) in zip(runs, runs.dropFirst()) { #expect(next.from == one.until) }
        }
    }

    @Test func `accounts for the time in which it was not running`() async throws {
        try await CaptureBench.with { bench in
            _ = try await bench.capture(JobEnd(slots: 3))
            let first = try await bench.timeline()
            let end = try #require(first.last).until
            // The clock of the second run is the machine's: it waits here for a few slots of the first one's grid to pass.
            try await SystemJobClock().sleep(until: end + .milliseconds(300))
            _ = try await bench.capture(JobEnd(slots: 3))

            let runs = try await bench.timeline()
            let downtime = try #require(runs.first { $0.detail == "not_running" })
            #expect(downtime.outcome == .missed)
            #expect(downtime.from == end)
            #expect(downtime.slots >= 6)
            #expect(try await bench.isSound())
        }
    }

    @Test func `keeps one frame of a picture that does not change, across a restart`() async throws {
        var settings = SimulatorSettings.quick
        settings.speed = 1
        try await CaptureBench.with(settings) { bench in
            let first = try await bench.capture(JobEnd(slots: 4))
            #expect(first.slots[.stored] == 1)
            #expect(first.slots[.unchanged] == 3)
            let second = try await bench.capture(JobEnd(slots: 4))
            #expect(second.slots[.stored] == nil)
            #expect(second.slots[.duplicate] == 1)
            #expect(second.slots[.unchanged] == 3)

            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            #expect(frames.count == 1)
            #expect(frames.first?.seen == 8)
        }
    }

    @Test func `does not let one camera delay another`() async throws {
        try await CaptureBench.with { bench in
            let silent = try await ScriptedServer.start([.silence])
            let endpoint = try TunnelEndpoint(parsing: bench.tunnel.endpoint)
            let setups = [
                CameraSetup(name: bench.camera, source: .tunnel(endpoint), interval: .milliseconds(50)),
                CameraSetup(
                    name: try CameraName("silent"), source: .url(try CameraURL(parsing: silent.url + "/")),
                    interval: .milliseconds(50)),
            ]
            var limits = TunnelLimits()
            limits.pictureDeadline = .seconds(1)
            let summary = try await bench.run(setups, JobEnd(slots: 20), limits: limits)
            await silent.stop()

            #expect(try #require(summary.cameras[bench.camera]).framesStored >= 15)
            let other = try #require(summary.cameras[try CameraName("silent")])
            #expect(other.slots[.timeout, default: 0] >= 1)
            #expect(other.slots[.missed, default: 0] >= 10)
        }
    }
}
