import Archive
import Capture
import CaptureSupport
import Catalog
import Deduplication
import HTTP
import Simulator
import Snapshots
import Synchronization
import TestSupport
import Testing
import Tunnel
import Vocabulary

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
            #expect(summary.slots[.stored] == 20)
            #expect(summary.slots[.rejected] == nil)
            #expect(retries.withLock(\.self) > 0)
            let isSound = try await bench.isSound()
            #expect(isSound)
        }
    }

    @Test func `accounts for every slot in the ledger`() async throws {
        try await CaptureBench.with { bench in
            bench.tunnel.set(try Fault(parsing: "null:3"))
            let summary = try await bench.capture(JobEnd(slots: 30), interval: .seconds(4))
            #expect(summary.slots.values.reduce(0, +) == 30)
            #expect(summary.slots[.stored, default: 0] > 5)
            #expect(summary.slots[.unchanged, default: 0] > 5)
            let runs = try await bench.timeline()
            #expect(runs.reduce(0) { $0 + $1.slots } == 30)
            for (one, next) in zip(runs, runs.dropFirst()) { #expect(next.from == one.until) }
        }
    }

    @Test func `accounts for the time in which it was not running`() async throws {
        try await CaptureBench.with { bench in
            _ = try await bench.capture(JobEnd(slots: 3))
            let end = try #require(try await bench.timeline().last).until
            let later = VirtualClock(start: end + .seconds(65), population: 2)
            let setup = CameraSetup(
                name: bench.camera, source: .tunnel(try TunnelEndpoint(parsing: bench.tunnel.endpoint)))
            _ = try await bench.run([setup], JobEnd(slots: 3), clock: later)

            let runs = try await bench.timeline()
            let downtime = try #require(runs.first { $0.detail == SlotReason(.notRunning) })
            #expect(downtime.outcome == .missed)
            #expect(downtime.from == end)
            #expect(downtime.slots == 7)
            let isSound = try await bench.isSound()
            #expect(isSound)
        }
    }

    @Test func `keeps one frame of a picture that does not change, across a restart`() async throws {
        var settings = SimulatorSettings.small
        settings.pictureInterval = .seconds(10_000)
        try await CaptureBench.with(settings) { bench in
            let first = try await bench.capture(JobEnd(slots: 4))
            #expect(first.slots == [.stored: 1, .unchanged: 3])
            bench.clock.advance(by: .seconds(5))
            let second = try await bench.capture(JobEnd(slots: 4))
            #expect(second.slots == [.duplicate: 1, .unchanged: 3])

            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            #expect(frames.map(\.seen) == [8])
        }
    }

    @Test func `keeps what an idle printer's fixed address shows only where it changes`() async throws {
        var settings = SimulatorSettings.small
        settings.startsPrinting = false
        settings.pictureInterval = .seconds(40)
        try await CaptureBench.with(settings) { bench in
            let summary = try await bench.capture(JobEnd(slots: 12))
            #expect(summary.slots == [.stored: 3, .duplicate: 9])
            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            #expect(frames.allSatisfy { $0.variant == .latest && $0.print == nil && $0.takenAt == nil })
        }
    }

    @Test func `files the frames of a print under it, with the time in the picture's path`() async throws {
        try await CaptureBench.with { bench in
            _ = try await bench.capture(JobEnd(frames: 3))
            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            #expect(Set(frames.map(\.print)).count == 1)
            #expect(frames.allSatisfy { $0.print != nil && $0.variant == .raw })
            for frame in frames {
                let taken = try #require(frame.takenAt)
                #expect(frame.capturedAt - taken < .seconds(11))
            }
        }
    }

    @Test func `drops near duplicates only where it is asked to, and keeps one after the longest gap`() async throws {
        var settings = SimulatorSettings.small
        settings.startsPrinting = false
        try await CaptureBench.with(settings) { bench in
            let kept = try await bench.capture(JobEnd(slots: 6))
            #expect(kept.slots == [.stored: 6])
            let dropped = try await bench.capture(
                JobEnd(slots: 7), change: { $0.policy.nearDuplicates = .drop(longestGap: .seconds(30)) })
            #expect(dropped.slots[.stored] == 2)
            #expect(dropped.slots[.duplicate] == 5)
            let details = try await bench.timeline().compactMap(\.detail)
            #expect(details.contains(SlotReason(.near)))
        }
    }

    @Test func `does not let one camera delay another`() async throws {
        try await CaptureBench.with { bench in
            try await ScriptedServer.with(.silence) { silent in
                let endpoint = try TunnelEndpoint(parsing: bench.tunnel.endpoint)
                let second = try CameraName("silent")
                let setups = [
                    CameraSetup(name: bench.camera, source: .tunnel(endpoint), policy: .every(.milliseconds(100))),
                    CameraSetup(
                        name: second, source: .url(try CameraURL(parsing: silent.url + "/")),
                        policy: .every(.milliseconds(100))),
                ]
                var limits = TunnelLimits()
                limits.pictureDeadline = .seconds(60)
                let (events, continuation) = AsyncStream.makeStream(of: CaptureEvent.self)
                // Real time: the one must come to its end while the other still waits for its first picture.
                let job = Task { [limits] in
                    try await bench.run(
                        setups, JobEnd(slots: 6), limits: limits, clock: SystemJobClock(),
                        tell: { event in continuation.yield(event) })
                }
                var reports: [CameraName: Int] = [:]
                for await event in events {
                    if case .slot(let report) = event { reports[report.camera, default: 0] += 1 }
                    if case .ended(let camera) = event, camera == bench.camera { break }
                }
                job.cancel()
                _ = await job.result
                #expect(reports[bench.camera, default: 0] > 0)
                #expect(reports[second] == nil)
            }
        }
    }
}
