import Catalog
import Simulator
import Synchronization
import TestSupport
import Testing
import Tunnel
import Vocabulary

@testable import Capture

/// The same as `simulate --fault bad-day`, whose ten minutes pass while nobody works. What is waited for in truth is silence.
@Suite(.timeLimit(.minutes(5))) struct `A bad day of a tunnel` {
    @Test func `leaves no slot without its reason, and costs few in which a picture could be had`() async throws {
        var settings = SimulatorSettings.small
        settings.badDay = BadDay.usualLength
        try await CaptureBench.with(settings, population: 3) { bench in
            let interval = Duration.seconds(10)
            var limits = TunnelLimits()
            limits.proxiedDeadline = .seconds(1)
            let pauses = Mutex<[String]>([])
            _ = try await bench.capture(
                JobEnd(slots: 60), interval: interval, limits: limits,
                change: { $0.source = .tunnel($0.endpoint!, .both(liveShare: 0.5)) },
                tell: { event in
                    if case .slot(let report) = event, report.outcome == .missed {
                        pauses.withLock { $0.append(report.detail ?? "") }
                    }
                })
            #expect(pauses.withLock(\.self) == [])
            let day = try #require(bench.tunnel.badDay)
            let runs = try await bench.timeline()
            #expect(runs.map(\.slots).reduce(0, +) == 60)
            var (available, stored) = (0, 0)
            for run in runs {
                #expect(run.outcome == .stored || run.detail != nil || run.outcome == .unchanged, "\(run)")
                for slot in 0..<run.slots {
                    let instant = run.from + run.interval * slot - CaptureBench.noon
                    guard day.hasPictures(at: instant, every: interval) else { continue }
                    available += 1
                    if run.outcome == .stored { stored += 1 }
                }
            }
            #expect(available > 25)
            #expect(Double(stored) >= 0.85 * Double(available), "\(stored) of \(available): \(runs)")
            let isSound = try await bench.isSound()
            #expect(isSound)
            let report = try #require(bench.tunnel.badDayReport)
            #expect(report.share >= 0.85, "\(report)")
        }
    }
}
