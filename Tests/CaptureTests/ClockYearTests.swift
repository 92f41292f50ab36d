import Archive
import CaptureSupport
import Care
import Catalog
import Foundation
import Simulator
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Capture

/// By itself, as `scripts/test` says: it keeps the processor busy for minutes, and others wait for theirs.
@Suite(
    .timeLimit(.minutes(20)), .enabled(if: ProcessInfo.processInfo.environment["PRINTLAPSE_SWEEPS"] != nil)
) struct `A year of a clock that is set, and set wrong` {
    private static let day = Duration.seconds(86_400)

    /// How the clock is set while the job runs, by the number of the slot: every six hours there is one.
    private static let changes: [Int: Duration] = [
        // A machine without a clock of its own, that learns the time a while after it began.
        2: .seconds(8 * 3600), 3: .seconds(-8 * 3600),
        // The owner's mistake of two hours, for a day.
        40: .seconds(7200), 44: .seconds(-7200),
        // Small steps, and a leap second.
        100: .seconds(3), 101: .seconds(-3), 120: .seconds(-1), 121: .seconds(1),
        // Nine years ahead for a week, and back.
        200: .seconds(9 * 366 * 86_400), 228: .seconds(-9 * 366 * 86_400),
        // To 1970, and set right after ten days.
        400: .seconds(-56 * 365 * 86_400), 440: .seconds(56 * 365 * 86_400),
        // Twice in a row, before anybody noticed the first.
        600: .seconds(86_400), 601: .seconds(-2 * 86_400), 602: .seconds(86_400),
        // A day behind for a month.
        700: .seconds(-86_400), 820: .seconds(86_400),
    ]
    /// How it is wrong while one run of the job ends and the next begins, and right again.
    private static let restarts: [(slots: Int, error: Duration)] = [
        (900, .zero), (60, .seconds(3 * 365 * 86_400)), (60, .zero), (60, .seconds(-2 * 365 * 86_400)), (380, .zero),
    ]

    @Test func `dates every frame by the system's clock, loses no slot, and keeps a sound ledger`() async throws {
        var settings = SimulatorSettings.small
        settings.printDuration = Self.day * 400
        try await CaptureBench.with(settings, population: 2) { bench in
            let slots = Mutex(0)
            let frames = Mutex<[FrameID: Timestamp]>([:])
            let missed = Mutex<[Int]>([])
            for (count, error) in Self.restarts {
                bench.clock.setAtRest(by: error - bench.clock.error)
                _ = try await bench.capture(
                    JobEnd(slots: count), interval: .seconds(6 * 3600),
                    tell: { event in
                        switch event {
                        case .slot(let report):
                            if let frame = report.frame {
                                // As the system's clock says, whether that is right or not.
                                frames.withLock { $0[frame.id] = bench.clock.now() }
                            }
                            let number = slots.withLock { slots in
                                slots += 1
                                return slots
                            }
                            if let change = Self.changes[number] { bench.clock.set(by: change) }
                        case .missed(_, _, let slots, _): missed.withLock { $0.append(slots) }
                        default: break
                        }
                    })
            }
            #expect(bench.clock.error == .zero)
            // A year's slots of every six hours, all with a picture.
            #expect(slots.withLock(\.self) == 1460)
            let catalog = try Catalog.open(at: bench.path)
            let kept = try await catalog.frames(FrameQuery())
            #expect(kept.count >= 1450)
            let times = frames.withLock(\.self)
            for frame in kept { #expect(times[frame.id].map { $0 - frame.capturedAt } ?? .seconds(9) < .seconds(2)) }
            // Two years behind and back again are a downtime of two years, and nobody counts its slots.
            #expect(missed.withLock(\.self).allSatisfy { $0 < 2000 }, "\(missed.withLock(\.self))")

            let report = try await catalog.verify()
            #expect(report.isSound, "\(report.problems.prefix(5))")
            // While it was wrong by days, the server's time said so.
            let doubts = Set(try await catalog.clockEvents().filter { $0.kind == .doubt }.map(\.reason))
            #expect(doubts.isSuperset(of: ["ahead_of_server", "behind_server"]))
            let leaps = try await catalog.clockEvents().filter { $0.kind == .leap }
            #expect(leaps.count >= 14)
            // Whatever was wrong is over: what is captured now is right, and the order is that of the numbers.
            let newest = try #require(kept.max { $0.id < $1.id })
            #expect(bench.clock.truth - newest.capturedAt < Self.day)
            #expect(try await catalog.timeStretches(at: bench.clock.truth).count >= 10)
        }
    }
}
