import Archive
import CaptureSupport
import Care
import Catalog
import HTTP
import Simulator
import Synchronization
import TestSupport
import Testing
import Tunnel
import Vocabulary

@testable import Capture

@Suite struct `A job whose cameras change while it runs` {
    /// Runs a job of `slots` slots of the first set, with another set in its place from the given slot on.
    private func run(
        _ bench: CaptureBench, _ first: [CameraSetup], then second: [CameraSetup],
        room: RoomRules = RoomRules(minimumFree: .zero),
        retention: RetentionPolicy? = nil, atSlot slot: Int, slots: Int
    ) async throws -> (summary: JobSummary, reloads: [String]) {
        let (changes, change) = AsyncStream.makeStream(of: CaptureSettings.self)
        let reloads = Mutex<[String]>([])
        let summary = try await bench.run(
            first, JobEnd(duration: .seconds(10 * slots)), changes: changes, clock: bench.clock,
            tell: { event in
                switch event {
                case .slot(let report) where report.camera.text == "steady":
                    let due = (report.slot.due - CaptureBench.noon).milliseconds / 10_000
                    if due == Int64(slot) {
                        change.yield(CaptureSettings(cameras: second, room: room, retention: retention))
                    }
                    if due == Int64(slots - 1) { change.finish() }
                case .ended:
                    // At the job's end the others go on without this one; before, another takes its place.
                    let end = CaptureBench.noon + .seconds(10 * (slots - 2))
                    if bench.clock.now() >= end { bench.clock.retire() }
                case .reloaded(let added, let removed, let changed):
                    reloads.withLock { $0.append("+\(added) -\(removed) ~\(changed)") }
                    // Whoever looks after the archive sleeps along.
                    if retention != nil { bench.clock.enroll(1) }
                default: break
                }
            })
        return (summary, reloads.withLock(\.self))
    }

    @Test func `loses no slot of those that stay and those that change`() async throws {
        try await CaptureBench.with(population: 3) { bench in
            let steady = try bench.setup("steady")
            let before = try bench.setup("other")
            let after = try bench.setup("other", interval: .seconds(20))
            let (summary, reloads) = try await run(
                bench, [steady, before], then: [steady, after], atSlot: 5, slots: 30)
            #expect(reloads == ["+[] -[] ~[other]"])
            #expect(summary.cameras[steady.name]?.slots == [.stored: 30])

            let runs = try await Catalog.open(at: bench.path).timeline(
                TimelineQuery(camera: after.name))
            #expect(runs.map(\.outcome).allSatisfy { $0 == .stored })
            #expect(runs.map(\.interval) == [.seconds(10), .seconds(20)])
            // The new grid goes on where the old one would have.
            #expect(runs.last?.from == runs.first?.until)
            #expect(try await bench.isSound())
        }
    }

    @Test func `leaves room by the new rules`() async throws {
        try await CaptureBench.with { bench in
            let steady = try bench.setup("steady")
            let (summary, reloads) = try await run(
                bench, [steady], then: [steady], room: RoomRules(minimumFree: ByteCount(.max / 2)), atSlot: 5, slots: 20
            )
            #expect(reloads == ["+[] -[] ~[]"])
            let slots = try #require(summary.cameras[steady.name]?.slots)
            #expect((6...7).contains(slots[.stored] ?? 0))
            #expect(slots[.disk] == 20 - (slots[.stored] ?? 0))
            #expect(try await bench.isSound())
        }
    }

    @Test func `keeps what the new policy of retention says`() async throws {
        try await CaptureBench.with { bench in
            let steady = try bench.setup("steady")
            let (summary, _) = try await run(
                bench, [steady], then: [steady],
                retention: try RetentionPolicy(tiers: [RetentionTier(parsing: "1m:1h")]),
                atSlot: 5, slots: 60)
            #expect(summary.cameras[steady.name]?.slots == [.stored: 60])
            // Of each of the first minutes one frame of six is left.
            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            #expect((30...45).contains(frames.count), "\(frames.count)")
            #expect(try await bench.isSound())
        }
    }

    @Test func `starts those that are added and ends those that are removed, after their slot`() async throws {
        try await CaptureBench.with(population: 3) { bench in
            let steady = try bench.setup("steady")
            let (summary, reloads) = try await run(
                bench, [steady, try bench.setup("old")], then: [steady, try bench.setup("new")], atSlot: 5, slots: 20)
            #expect(reloads == ["+[new] -[old] ~[]"])
            #expect(summary.cameras[steady.name]?.slots == [.stored: 20])
            let old = try #require(summary.cameras[try CameraName("old")])
            #expect((5...7).contains(old.framesStored))
            let new = try #require(summary.cameras[try CameraName("new")])
            #expect(new.framesStored >= 12)
            #expect(try await bench.isSound())
        }
    }

    @Test func `is the same set, then nothing changes`() throws {
        var roster = Roster()
        let tunnel = try TunnelEndpoint(parsing: "https://u:p@example.org")
        let camera = CameraSetup(name: try CameraName("a"), source: .tunnel(tunnel))
        #expect(roster.update(to: [camera]).added == [camera])
        #expect(roster.update(to: [camera]) == Roster.Change())
        var changed = camera
        changed.policy.interval = .seconds(3)
        #expect(roster.update(to: [changed]).changed == [changed])
        #expect(roster.update(to: []).removed == [camera.name])
    }
}
