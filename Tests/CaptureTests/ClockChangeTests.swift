import Archive
import Catalog
import Synchronization
import TestSupport
import Testing
import Tunnel
import Vocabulary

@testable import Capture

@Suite struct `A job whose wall clock is set` {
    /// A wall clock that runs, and can be set.
    private final class WallClock: Sendable {
        private let origin = ContinuousClock.now
        private let start: Mutex<Timestamp>

        init(_ start: Timestamp) { self.start = Mutex(start) }

        func move(by duration: Duration) { start.withLock { $0 = $0 + duration } }

        @Sendable func read() -> Timestamp {
            let elapsed = ContinuousClock.now - origin
            return start.withLock { $0 + elapsed }
        }
    }

    private static let interval = Duration.milliseconds(20)

    /// How the clock is set, after how many slots each time.
    private static let changes: [Int: Duration] = [
        // Set back, and then an hour past the time that the job goes by.
        10: .seconds(-3600), 20: .seconds(7200),
        // A leap second, which the wall clock tells twice.
        30: .seconds(-1),
        40: .seconds(-86_400),
    ]

    @Test func `stores its frames in order, on the grid, and in no burst`() async throws {
        try await CaptureBench.with { bench in
            let wall = WallClock(CaptureBench.noon)
            let reports = Mutex<[SlotReport]>([])
            let longest = Mutex<[Int]>([])
            _ = try await bench.run(
                [try bench.setup(interval: Self.interval)], JobEnd(frames: 50),
                clock: SystemJobClock(notBefore: nil, wall: wall.read),
                tell: { event in
                    switch event {
                    case .slot(let report):
                        // A new picture for the next slot.
                        bench.clock.advance(by: .seconds(10))
                        let count = reports.withLock { reports in
                            reports.append(report)
                            return reports.count
                        }
                        if let change = Self.changes[count] { wall.move(by: change) }
                    case .missed(_, _, let slots, _) where slots > 10_000:
                        longest.withLock { $0.append(slots) }
                    default: break
                    }
                })

            let due = reports.withLock { $0.map(\.slot.due) }
            let first = try #require(due.first)
            #expect(zip(due, due.dropFirst()).allSatisfy { $1 - $0 >= Self.interval })
            #expect(due.allSatisfy { ($0 - first).milliseconds.isMultiple(of: Self.interval.milliseconds) })
            // The hour that was skipped is one run of the ledger, and the only one.
            let skipped = longest.withLock(\.self)
            // A machine that is busy at that moment loses some more with it.
            #expect(skipped.count == 1 && skipped[0] <= 3660 * 50, "\(skipped)")
            try await expectOrder(of: bench, frames: 50)
        }
    }

    @Test func `goes on after its last slot where it was set back between two runs`() async throws {
        try await CaptureBench.with { bench in
            for run in 0..<2 {
                let newest = try await bench.newestSlot()
                let wall = WallClock(CaptureBench.noon - .seconds(86_400 * run))
                _ = try await bench.run(
                    [try bench.setup(interval: Self.interval)], JobEnd(frames: 5),
                    clock: SystemJobClock(notBefore: newest, wall: wall.read),
                    tell: { event in if case .slot = event { bench.clock.advance(by: .seconds(10)) } })
            }
            try await expectOrder(of: bench, frames: 10)
        }
    }

    /// Frames have the order in which they were stored, and the ledger has neither holes nor slots twice.
    private func expectOrder(of bench: CaptureBench, frames count: Int) async throws {
        let frames = try await Catalog.open(at: bench.path).frames(FrameQuery()).sorted { $0.id < $1.id }
        #expect(frames.count == count)
        #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.capturedAt < $1.capturedAt })
        let runs = try await bench.timeline()
        #expect(zip(runs, runs.dropFirst()).allSatisfy { $1.from > $0.lastSlot && $1.from <= $0.until })
        #expect(try await bench.isSound())
    }
}

extension CaptureBench {
    /// The newest slot in the ledger; times go on after it.
    fileprivate func newestSlot() async throws -> Timestamp? {
        let archive = try await FrameArchive.open(at: path)
        let last = try archive.lastRun(of: camera)
        try await archive.close()
        return last.map { $0.until - $0.interval + .milliseconds(1) }
    }
}
