import CaptureSupport
import Simulator
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Capture

@Suite struct `A week of many cameras` {
    @Test func `takes no more memory, descriptors and threads than its first day`() async {
        // Other tests run beside this one, so it has a process to itself.
        await #expect(processExitsWith: .success) { try await FarmWeek.run() }
    }
}

/// A week of cameras behind one tunnel, and what the process takes after its first day and on its last.
private enum FarmWeek {
    static let cameras = 60
    static let interval = Duration.seconds(7200)
    static let week = Duration.seconds(7 * 86_400)
    /// Of resident memory, in KiB: 2 KiB for each slot after the first day.
    static let growth = 8 * 1024

    static func run() async throws {
        var settings = SimulatorSettings.small
        settings.printDuration = week * 2
        try await CaptureBench.with(settings, population: cameras + 1) { bench in
            let setups = try (1...cameras).map { number in
                var setup = try bench.setup("camera \(number)", interval: interval)
                setup.policy.account = "farm"
                return setup
            }
            let samples = Mutex<(early: ProcessFigures?, late: ProcessFigures?)>((nil, nil))
            let summary = try await bench.run(
                setups, JobEnd(duration: week), clock: bench.clock,
                tell: { event in
                    guard case .slot(let report) = event else { return }
                    let passed = report.slot.due - CaptureBench.noon
                    samples.withLock { samples in
                        if samples.early == nil, passed >= .seconds(86_400) { samples.early = try? ProcessFigures() }
                        if samples.late == nil, passed >= week - interval { samples.late = try? ProcessFigures() }
                    }
                })
            #expect(summary.total.framesStored == cameras * Int(week / interval))
            let (early, late) = samples.withLock(\.self)
            let (before, after) = (try #require(early), try #require(late))
            #expect(after.resident - before.resident < growth, "\(before.resident) → \(after.resident) KiB")
            #expect(after.descriptors <= before.descriptors + 4, "\(before.descriptors) → \(after.descriptors)")
            #expect(after.threads <= before.threads + 4, "\(before.threads) → \(after.threads)")
        }
    }
}
