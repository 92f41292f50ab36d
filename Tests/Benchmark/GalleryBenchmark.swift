import Catalog
import Foundation
import Storage
import TestSupport
import Vocabulary

/// The gallery of an archive of a year, beside captures of a hundred frames a second in another process: what an open page costs,
/// how soon small pictures come, whether five hundred mixed questions a second are answered, and whether captures notice.
struct GalleryBenchmark {
    let frames: Int
    private static let questions = (perSecond: 500, seconds: 20, connections: 16)
    private static let thumbnails = 1000

    func run(in folder: URL) async throws {
        let archive = CatalogArchive(path: folder.appending(path: "year.printlapse").path, frames: frames)
        try await archive.make()
        print("A year with \(frames) frames, captures of 100 frames a second, on \(ProcessFigures.allowedCores)\n")
        let writer = try CareWriterProcess(archive: archive.path)
        let gallery = try ServedGallery(archive: archive.path, folder: folder)
        var phases: [CarePhase] = []
        func phase(_ name: String, _ body: () async throws -> Void) async throws {
            let begun = Date()
            try await body()
            phases.append(CarePhase(name: name, from: begun, until: Date(), before: .zero, after: .zero, free: 0))
        }

        // The first seconds warm caches up and are not counted.
        try await Task.sleep(for: .seconds(5))
        var (alone, open) = (0.0, 0.0)
        try await phase("alone") { alone = try await gallery.share(of: .seconds(20)) {} }
        try await phase("open page") { open = try await gallery.share(of: .seconds(20)) { try await gallery.idle() } }
        let idle = open - alone
        let shown = try await pictures(in: archive.path)
        var small = Latencies()
        try await phase("thumbnails") { small = try await thumbnails(shown, at: gallery.port) }
        var mixed = Latencies()
        try await phase("mixed") { mixed = try await mixture(shown, at: gallery.port) }
        try await phase("browser") { gallery.paint() }
        let peak = try gallery.figures().peak
        try gallery.stop()
        let stores = try await writer.finish()

        print("\n\(CarePhase.timesHeading)   milliseconds")
        for phase in phases { print(phase.times(of: stores)) }
        print(
            """

            answers       count    failed         p50         p99         max   milliseconds
            thumbnails\(small.line)
            mixed     \(mixed.line)

            The gallery takes \(Self.percent(alone)) of a core, and \(Self.percent(open)) with an open page. At most \(ByteCount(peak * 1024)) were resident.
            """)
        try conclude(stores, idle: idle, small, mixed)
    }

    private static func percent(_ share: Double) -> String { "\((share * 100).formatted(places: 2)) %" }

    private func conclude(_ stores: [CareStore], idle: Double, _ small: Latencies, _ mixed: Latencies) throws {
        let goals = [
            ("no slot missed", stores.allSatisfy { !$0.isMissed }),
            ("an open page below 1 % of a core", idle < 0.01),
            ("a thumbnail below 5 ms at the median", small.percentile(0.5) < 5),
            ("a thumbnail below 20 ms at p99", small.percentile(0.99) < 20),
            (
                "\(Self.questions.perSecond) answers a second",
                mixed.failed == 0 && mixed.took <= .seconds(Self.questions.seconds + 1)
            ),
        ]
        print(goals.map { "\($0.1 ? "met   " : "MISSED") \($0.0)" }.joined(separator: "\n"))
        guard goals.allSatisfy(\.1) else { exit(1) }
    }

    /// Frames that have a picture: those that the captures stored.
    private func pictures(in path: String) async throws -> ClosedRange<Int64> {
        let catalog = try Catalog.open(at: path)
        let newest = try await catalog.newestFrame()?.number ?? 0
        try catalog.close()
        return Int64(frames + 1)...newest
    }

    /// Small pictures that nobody asked for before, one after another.
    private func thumbnails(_ shown: ClosedRange<Int64>, at port: Int) async throws -> Latencies {
        var latencies = Latencies()
        let wanted = Array(shown).shuffled().prefix(Self.thumbnails)
        try await GalleryVisitor.with(port: port) { visitor in
            for frame in wanted {
                let begun = ContinuousClock.now
                let question = "frames/\(frame)/picture?width=320"
                let answer = try await visitor.ask(question)
                latencies.note(ContinuousClock.now - begun, of: question, answer.status)
            }
        }
        return latencies
    }

    /// Questions come by the clock, whether those before are answered or not; each counts from when it was due.
    private func mixture(_ shown: ClosedRange<Int64>, at port: Int) async throws -> Latencies {
        let (rate, seconds, connections) = Self.questions
        let begin = ContinuousClock.now
        var all = try await withThrowingTaskGroup(of: Latencies.self) { group in
            for connection in 0..<connections {
                group.addTask {
                    try await GalleryVisitor.with(port: port) { visitor in
                        var latencies = Latencies()
                        for number in stride(from: connection, to: rate * seconds, by: connections) {
                            let due = begin + .seconds(1) * number / rate
                            try await ContinuousClock().sleep(until: due, tolerance: .zero)
                            let question = GalleryQuestion.any(shown)
                            let answer = try await visitor.ask(question)
                            latencies.note(ContinuousClock.now - due, of: question, answer.status)
                        }
                        return latencies
                    }
                }
            }
            return try await group.reduce(into: Latencies()) { $0.add($1) }
        }
        all.took = ContinuousClock.now - begin
        return all
    }
}

/// What pages ask, by chance.
private enum GalleryQuestion {
    static func any(_ shown: ClosedRange<Int64>) -> String {
        let camera = "printer%20" + String(Int.random(in: 101...100 + CatalogArchive.cameras)).dropFirst()
        let day = Timestamp(milliseconds: CatalogArchive.start + .random(in: 1...363) * 86_400_000)
        let (from, until) = ("\(day)", "\(day + .seconds(86_400))")
        return switch Int.random(in: 0..<20) {
        case 0..<6: "frames/\(Int64.random(in: shown))/picture?width=320"
        case 6..<8: "frames/\(Int64.random(in: shown))/picture"
        case 8..<11: "cameras/\(camera)/at?at=\(from)"
        case 11..<14: "frames?camera=\(camera)&since=\(from)&limit=60"
        case 14..<16: "cameras/\(camera)/timeline?level=10&from=\(from)&until=\(until)"
        case 16: "coverage?camera=\(camera)&since=\(from)&until=\(until)"
        case 17: "prints?limit=60&posters=false"
        case 18: "cameras?limit=50"
        default: "session"
        }
    }
}

/// How long answers took, and how many were none.
struct Latencies: Sendable {
    private var milliseconds: [Double] = []
    private(set) var failed = 0
    var took = Duration.zero

    mutating func note(_ latency: Duration, of question: String, _ status: Int) {
        milliseconds.append(latency / .milliseconds(1))
        guard status != 200 else { return }
        if failed == 0 { print("\(status) for \(question)") }
        failed += 1
    }

    mutating func add(_ other: Latencies) {
        milliseconds += other.milliseconds
        failed += other.failed
    }

    func percentile(_ share: Double) -> Double {
        let sorted = milliseconds.sorted()
        return sorted.isEmpty ? .infinity : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    var line: String {
        let times = [0.5, 0.99, 1].map { percentile($0).formatted(places: 1) }
        return (["\(milliseconds.count)".right(in: 9), "\(failed)".right(in: 10)] + times.map { $0.right(in: 12) })
            .joined()
    }
}

/// `printlapse serve`, built beside this program.
private struct ServedGallery {
    private let process: Process
    let port: Int

    init(archive: String, folder: URL) throws {
        process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "printlapse")
        process.arguments = ["serve", "--archive", archive, "--listen", "0"]
        process.environment = ["HOME": folder.path, "XDG_CONFIG_HOME": folder.path, "TZ": "UTC"]
        let messages = Pipe()
        (process.standardOutput, process.standardError) = (messages, messages)
        try process.run()
        var said = ""
        while true {
            let part = messages.fileHandleForReading.availableData
            guard !part.isEmpty else { throw CocoaError(.executableRuntimeMismatch) }
            said += String(decoding: part, as: UTF8.self)
            if let found = said.firstMatch(of: #/http://127\.0\.0\.1:(\d+)/#), let port = Int(found.1) {
                self.port = port
                return
            }
        }
    }

    func figures() throws -> ProcessFigures { try ProcessFigures(of: process.processIdentifier) }

    /// What of a core the gallery takes meanwhile.
    func share(of duration: Duration, _ body: @escaping @Sendable () async throws -> Void) async throws -> Double {
        let visitor = Task { try await body() }
        // What the page loads at first is no idling.
        try await Task.sleep(for: .seconds(2))
        let before = try figures().processorTime
        try await Task.sleep(for: duration)
        let taken = try figures().processorTime - before
        visitor.cancel()
        _ = await visitor.result
        return taken / duration
    }

    /// What the page Now does while nobody touches it.
    func idle() async throws {
        try await GalleryVisitor.with(port: port) { visitor in _ = try await visitor.listen(to: "events") }
    }

    /// How soon a browser paints, where there is one, and the script that asks it.
    func paint() {
        let script = Process()
        script.executableURL = URL(filePath: "/usr/bin/env")
        script.arguments = ["python3", "Tests/GalleryPages/paint.py", "http://127.0.0.1:\(port)"]
        do { try script.run() } catch { return print("No browser was asked: \(error)") }
        script.waitUntilExit()
    }

    func stop() throws {
        process.terminate()
        process.waitUntilExit()
    }
}
