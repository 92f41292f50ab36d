import Archive
import CaptureSupport
import Care
import Catalog
import HTTP
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
        10: .seconds(-3600), 20: .seconds(7200),
        // A leap second, which the wall clock tells twice.
        30: .seconds(-1),
        40: .seconds(-86_400), 50: .seconds(9 * 366 * 86_400), 60: .seconds(-9 * 366 * 86_400),
    ]

    @Test func `goes by the new time soon after, on the grid's step, in no burst and with no slot missed in vain`()
        async throws
    {
        try await CaptureBench.with { bench in
            let wall = WallClock(CaptureBench.noon)
            let reports = Mutex<[(report: SlotReport, wall: Timestamp)]>([])
            let leaps = Mutex<[ClockLeap]>([])
            let summary = try await bench.run(
                [try bench.setup(interval: Self.interval)], JobEnd(frames: 75),
                clock: SystemJobClock(pause: .milliseconds(1), wall: wall.read),
                tell: { event in
                    switch event {
                    case .slot(let report):
                        // A new picture for the next slot.
                        bench.clock.advance(by: .seconds(10))
                        let count = reports.withLock { reports in
                            reports.append((report, wall.read()))
                            return reports.count
                        }
                        if let change = Self.changes[count] { wall.move(by: change) }
                    case .clockLeapt(let leap): leaps.withLock { $0.append(leap) }
                    default: break
                    }
                })
            #expect(leaps.withLock(\.count) == 5)
            let told = reports.withLock(\.self)
            for (index, told) in told.enumerated() where !Self.changes.keys.contains(where: { $0...$0 + 3 ~= index }) {
                let error = (told.report.slot.due - told.wall).milliseconds
                #expect(error.magnitude < 3000, "slot \(index) is \(error) ms off")
            }
            #expect(summary.total.slots[.stored] == 75)
            let longest = try await bench.timeline().filter { $0.outcome == .missed }.map(\.slots).max() ?? 0
            #expect(longest < 1000, "\(longest) slots were missed at once")
            try await expectOrder(of: bench)
        }
    }

    @Test func `goes by its own time where it was set back between two runs`() async throws {
        try await CaptureBench.with { bench in
            for run in 0..<3 {
                // A day back, and then forward again.
                let start = CaptureBench.noon - .seconds(run == 1 ? 86_400 : 0) + .seconds(run * 60)
                let wall = WallClock(start)
                _ = try await bench.run(
                    [try bench.setup(interval: Self.interval)], JobEnd(frames: 5),
                    clock: SystemJobClock(pause: .seconds(1), wall: wall.read),
                    tell: { event in if case .slot = event { bench.clock.advance(by: .seconds(10)) } })
                let newest = try await Catalog.open(at: bench.path).frames(FrameQuery()).max { $0.id < $1.id }
                let captured = try #require(newest).capturedAt
                #expect(captured >= start && captured < start + .seconds(50))
            }
            let events = try await Catalog.open(at: bench.path).clockEvents()
            #expect(events.filter { $0.kind == .leap }.map(\.reason) == ["found_at_start"])
            try await expectOrder(of: bench)
        }
    }

    /// The ledger has neither holes that nothing explains nor slots twice, and all frames are there.
    private func expectOrder(of bench: CaptureBench) async throws {
        let report = try await Catalog.open(at: bench.path).verify()
        #expect(report.isSound, "\(report.problems)")
        let runs = try await bench.timeline()
        #expect(zip(runs, runs.dropFirst()).allSatisfy { $1.from > $0.lastSlot })
    }
}
