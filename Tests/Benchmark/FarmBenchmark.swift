import Archive
import Capture
import Foundation
import HTTP
import Storage
import Synchronization
import TestSupport
import Tunnel
import Vocabulary

/// Many cameras every ten seconds in one process, by the real clock: whether every slot is on time, and what it takes.
///
/// Some of them are slow, dead or torn, and are to disturb nobody. `taskset -c 0,1` gives it two cores on a larger machine.
struct FarmBenchmark {
    let cameras: Int
    let duration: Duration
    /// Whether timelapses are rendered beside it.
    var rendersToo = false
    private let interval = Duration.seconds(10)

    func run(in folder: URL) async throws {
        print("\(cameras) cameras every \(interval) for \(duration) on \(ProcessFigures.allowedCores)\n")
        let farm = try Farm.start(cameras: cameras)
        var policy = CapturePolicy()
        policy.interval = interval
        let setups = try (0..<cameras).map { try farm.setup($0, policy: policy) }

        let path = folder.appending(path: "farm.printlapse").path
        let archive = try await FrameArchive.open(at: path)
        let render = rendersToo ? try await FarmRender(archive: archive, path: path, in: folder) : nil
        let connections = HTTPConnections()
        let tally = FarmTally()
        let job = CaptureJob(
            CaptureSettings(cameras: setups), end: JobEnd(duration: duration), archive: archive, transport: connections,
            clock: SystemJobClock(), tell: tally.note)
        let start = ContinuousClock.now
        let descriptors = Task { try await Self.mostDescriptors() }
        let rendering = render.map { render in Task { try await render.run() } }
        let summary = try await job.run()
        let elapsed = ContinuousClock.now - start
        rendering?.cancel()
        let rendered = try await rendering?.value
        let (ours, theirs) = (try ProcessFigures(), try farm.figures())
        descriptors.cancel()
        let most = try await descriptors.value

        print(tally.table)
        print(
            """
            \(summary.total.framesStored) frames, \(summary.total.bytesStored), in \(archive.commits) commits and \(elapsed).
            \(tally.usageCalls) usage readings, at most \(tally.mostUsageCalls) in a tenth of a second.
            Memory \(ours.resident.mebibytes) at the end, \(ours.peak.mebibytes) at most; \(most) descriptors at most, \(ours.threads) threads.
            Processor time \(ours.processorTime), and \(theirs.processorTime) of the server beside it.
            """)
        if let rendered { print(rendered.text) }
        await connections.shutdown()
        try await archive.close()
        try farm.stop()

        let room = cameras > 1000 ? 500 : 300
        var goals = [
            ("lateness p99 under 100 ms", tally.goodLateness < .milliseconds(100)),
            ("no slot of a good camera missed", tally.goodMissed == 0),
            ("memory under \(room) MiB", ours.peak < room * 1024),
        ]
        if let rendered {
            goals.append(("timelapses rendered, none failed", !rendered.times.isEmpty && rendered.failures == 0))
        }
        print(goals.map { "\($0.1 ? "met   " : "MISSED") \($0.0)" }.joined(separator: "\n"))
        guard goals.allSatisfy(\.1) else { exit(1) }
    }

    /// Looks once a second until it is cancelled.
    private static func mostDescriptors() async throws -> Int {
        var most = 0
        while !Task.isCancelled {
            most = max(most, try ProcessFigures().descriptors)
            do { try await Task.sleep(for: .seconds(1)) } catch { break }
        }
        return most
    }
}

extension Int {
    /// As a text, of KiB.
    var mebibytes: String { (Double(self) / 1024).formatted(places: 0) + " MiB" }
}
