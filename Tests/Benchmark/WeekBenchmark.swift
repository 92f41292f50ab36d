import Archive
import Capture
import CaptureSupport
import Foundation
import HTTP
import Storage
import Synchronization
import TestSupport
import Tunnel
import Vocabulary

/// A week of many cameras, by a clock that passes as fast as the work is done: whether memory, descriptors and threads stay
/// what they are.
struct WeekBenchmark {
    let cameras: Int
    let interval: Duration

    func run(in folder: URL) async throws {
        print("A week of \(cameras) cameras every \(interval) on \(ProcessFigures.allowedCores)\n")
        let farm = try Farm.start(cameras: cameras)
        var policy = CapturePolicy()
        policy.interval = interval
        policy.account = "farm"
        // What is slow takes its time by the real clock.
        let setups = try (0..<cameras).filter { !FarmCamera(number: $0).isSlow }.map {
            try farm.setup($0, policy: policy)
        }

        let archive = try await FrameArchive.open(at: folder.appending(path: "week.printlapse").path)
        let connections = HTTPConnections()
        let clock = VirtualClock(
            start: Timestamp(seconds: Int64(Date().timeIntervalSince1970)), population: setups.count + 1)
        let (start, week) = (clock.now(), Duration.seconds(7 * 86_400))
        let days = Days(from: start)
        print("day   memory  at most  descriptors  threads  processor time")
        let job = CaptureJob(
            CaptureSettings(cameras: setups), end: JobEnd(duration: week), archive: archive, transport: connections,
            clock: clock,
            tell: { event in
                if case .slot(let report) = event { days.passed(report.slot.due) }
                if case .ended = event { clock.retire() }
            })
        let summary = try await job.run()
        days.passed(start + week)
        print("\n\(summary.total.slots.map { "\($1) \($0.rawValue)" }.sorted().joined(separator: ", "))")
        await connections.shutdown()
        try await archive.close()
        try farm.stop()
    }

    /// Prints a line of figures at the end of each day.
    private final class Days: Sendable {
        private let start: Timestamp
        private let next = Mutex(1)

        init(from start: Timestamp) {
            self.start = start
        }

        func passed(_ instant: Timestamp) {
            next.withLock { day in
                guard instant >= start + .seconds(86_400 * day), let figures = try? ProcessFigures() else { return }
                let cells = [
                    ("\(day)", 3), (figures.resident.mebibytes, 9), (figures.peak.mebibytes, 9),
                    ("\(figures.descriptors)", 13), ("\(figures.threads)", 9), ("\(figures.processorTime)", 16),
                ]
                print(cells.map { $0.right(in: $1) }.joined())
                fflush(nil)
                day += 1
            }
        }
    }
}
