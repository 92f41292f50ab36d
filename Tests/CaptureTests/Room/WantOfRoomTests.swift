import Archive
import CaptureSupport
import Care
import Catalog
import Simulator
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Capture

@Suite(.enabled(if: SmallDisk.isPossible, "needs leave to mount a tmpfs")) struct `A capture job on a small disk` {
    /// What was told of room, in a few words.
    private final class Told: Sendable {
        private let words = Mutex<[String]>([])
        private let slots = Mutex(0)

        var all: [String] { words.withLock(\.self) }

        /// - Returns: the number of the slot that has just been told of; `nil` for other events.
        func observe(_ event: CaptureEvent) -> Int? {
            switch event {
            case .paused(let pause): words.withLock { $0.append(pause.detail.label) }
            case .resumed: words.withLock { $0.append("resumed") }
            case .pruned: words.withLock { $0.append("pruned") }
            case .notPruned(let reason): words.withLock { $0.append(reason) }
            case .slot:
                return slots.withLock { slots in
                    slots += 1
                    return slots
                }
            default: break
            }
            return nil
        }
    }

    private func with(
        kilobytes: Int, _ settings: SimulatorSettings = .small, population: Int = 2,
        _ body: (CaptureBench, SmallDisk) async throws -> Void
    ) async throws {
        let disk = try SmallDisk(kilobytes: kilobytes)
        try await CaptureBench.with(settings, population: population) { bench in
            try await body(
                CaptureBench(
                    tunnel: bench.tunnel, path: disk.path + "/archive.sqlite", camera: bench.camera,
                    clock: bench.clock), disk)
        }
    }

    /// The pictures that were asked for.
    private func fetches(_ bench: CaptureBench) -> Int {
        bench.tunnel.requests.filter { $0.path.contains(".jpg") }.count
    }

    @Test func `that is full counts the slots, goes on by itself, and enters them then`() async throws {
        try await with(kilobytes: 16_384) { bench, disk in
            let told = Told()
            let summary = try await bench.run(
                [bench.setup()], JobEnd(slots: 40), clock: bench.clock,
                tell: { event in
                    let slot = told.observe(event)
                    if slot == 5 { #expect(throws: Never.self) { try disk.fill() } }
                    if slot == 20 { #expect(throws: Never.self) { try disk.clear() } }
                }
            ).total
            #expect(told.all == ["full", "resumed"])
            #expect(summary.slots[.disk, default: 0] == 15)
            #expect(summary.slots[.stored, default: 0] == 25)

            let runs = try await bench.timeline()
            #expect(runs.map(\.outcome) == [.stored, .disk, .stored])
            #expect(runs.map(\.slots) == [5, 15, 20])
            #expect(runs[1].detail == SlotReason(.full))
            #expect(runs[1].bytes > .zero, "pictures that could not be kept were received all the same")
            let isSound = try await bench.isSound()
            #expect(isSound)
        }
    }

    @Test func `that has less free than the floor fetches nothing until there is more`() async throws {
        try await with(kilobytes: 32_768) { bench, disk in
            let told = Told()
            let summary = try await bench.run(
                [bench.setup()], JobEnd(slots: 20), room: RoomRules(minimumFree: ByteCount(8_000_000)),
                clock: bench.clock,
                tell: { event in
                    let slot = told.observe(event)
                    if slot == 5 { #expect(throws: Never.self) { try disk.take(23_000_000) } }
                    if slot == 12 { #expect(throws: Never.self) { try disk.clear() } }
                }
            ).total
            #expect(told.all == ["low_space", "resumed"])
            #expect(summary.slots == [.stored: 13, .disk: 7])
            #expect(fetches(bench) == 13)
            let runs = try await bench.timeline()
            #expect(runs.map(\.detail?.label) == [nil, "low_space", nil])
            let isSound = try await bench.isSound()
            #expect(isSound)
        }
    }

    @Test func `whose archive has its greatest size pauses, and a prune beside it makes it go on`() async throws {
        var settings = SimulatorSettings.small
        settings.pictureSize = PixelSize(width: 640, height: 480)
        try await with(kilobytes: 65_536, settings) { bench, _ in
            let told = Told()
            let limit = ByteCount(2_000_000)
            _ = try await bench.run(
                [bench.setup()], JobEnd(slots: 60), room: RoomRules(minimumFree: .zero, maximumSize: limit),
                clock: bench.clock, tell: { _ = told.observe($0) })
            #expect(told.all == ["quota"])
            let last = try #require(try await bench.timeline().last)
            #expect(last.detail == SlotReason(.quota))
            let caretaker = try await FrameArchive.open(at: bench.path, role: .care)
            let policy = try RetentionPolicy(maximumSize: ByteCount(1_300_000))
            let pruned = try await caretaker.prune(policy, at: bench.clock.now())
            #expect(pruned.frames > 0)
            try await caretaker.close()

            let summary = try await bench.run(
                [bench.setup()], JobEnd(slots: 3), room: RoomRules(minimumFree: .zero, maximumSize: limit),
                clock: bench.clock)
            #expect(summary.total.slots[.disk] == nil)
            let isSound = try await bench.isSound()
            #expect(isSound)
        }
    }

    @Test func `does not pause where retention makes room in time`() async throws {
        var settings = SimulatorSettings.small
        settings.pictureSize = PixelSize(width: 640, height: 480)
        try await with(kilobytes: 65_536, settings, population: 3) { bench, _ in
            let told = Told()
            let summary = try await bench.run(
                [bench.setup()], JobEnd(slots: 90),
                room: RoomRules(minimumFree: .zero, maximumSize: ByteCount(4_000_000)),
                retention: try RetentionPolicy(maximumSize: ByteCount(1_500_000)), clock: bench.clock,
                tell: { _ = told.observe($0) })
            #expect(summary.total.slots[.disk] == nil)
            #expect(summary.total.slots[.stored] ?? 0 >= 85, "\(summary.total.slots)")
            #expect(Set(told.all) == ["pruned"], "\(told.all)")
            let frames = try await Catalog.open(at: bench.path).count(FrameQuery()).frames
            #expect(frames < 90)
            let isSound = try await bench.isSound()
            #expect(isSound)
        }
    }
}

@Suite struct `A capture job with a policy of retention` {
    @Test func `keeps to it by itself, some minutes after its start and then each hour`() async throws {
        try await CaptureBench.with(population: 3) { bench in
            let pruned = Mutex<[Int]>([])
            let summary = try await bench.run(
                [bench.setup()], JobEnd(slots: 450),
                retention: try RetentionPolicy(tiers: [RetentionTier(parsing: "1m:1h")]), clock: bench.clock,
                tell: { event in
                    if case .pruned(let result) = event { pruned.withLock { $0.append(result.frames) } }
                })
            // The clock runs as fast as the work is done, so that a busy machine may let a deadline pass.
            let stored = summary.total.slots[.stored] ?? 0
            #expect(stored >= 445, "\(summary.total.slots)")
            let removed = pruned.withLock(\.self)
            #expect(removed.count == 2)
            // Of five whole minutes with six frames each, one frame each is left.
            #expect(removed.first.map { 20...25 ~= $0 } == true, "\(removed)")
            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            #expect(frames.count == stored - removed.reduce(0, +))
            let isSound = try await bench.isSound()
            #expect(isSound)
        }
    }
}
