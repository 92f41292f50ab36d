import Archive
import Care
import Foundation
import Storage
import TestSupport
import Vocabulary

/// A compaction and a prune of a big archive beside captures of a hundred frames a second, which run in another process as they
/// do beside the program: whether they miss a slot, how long they wait, and whether the file gets smaller.
struct CareBenchmark {
    let size: ByteCount

    func run(in folder: URL) async throws {
        print("An archive of \(size), captures of 100 frames a second on \(ProcessFigures.allowedCores)\n")
        let path = folder.appending(path: "care.printlapse").path
        try await fill(path)
        let writer = try CareWriterProcess(archive: path)
        var phases: [CarePhase] = []
        func phase<Value>(_ name: String, _ body: () async throws -> Value) async throws -> Value {
            let (begun, before) = (Date(), try Self.lengthOnDisk(of: path))
            let value = try await body()
            phases.append(
                CarePhase(
                    name: name, from: begun, until: Date(), before: before, after: try Self.lengthOnDisk(of: path),
                    free: try BareDatabase(path: path).texts("PRAGMA freelist_count").first.flatMap { Int($0) } ?? 0))
            return value
        }

        // The first seconds warm caches up and are not counted.
        try await Task.sleep(for: .seconds(5))
        try await phase("alone") { try await Task.sleep(for: .seconds(30)) }
        let caretaker = try await FrameArchive.open(at: path, role: .care)
        let compaction = try await phase("compaction") { try await caretaker.compact() }
        try await phase("alone") { try await Task.sleep(for: .seconds(10)) }
        let policy = try RetentionPolicy(maximumSize: ByteCount(try caretaker.fileSize().bytes / 2))
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let prune = try await phase("prune") { try await caretaker.prune(policy, at: now) }
        try await phase("alone") { try await Task.sleep(for: .seconds(10)) }
        try await caretaker.close()
        let stores = try await writer.finish()

        print(CarePhase.heading)
        for phase in phases { print(phase.line(of: stores)) }
        print(
            """

            Compaction: \(compaction.pictures) pictures, \(compaction.saved) of \(compaction.bytesBefore) saved.
            Prune: \(prune.frames) frames of \(prune.bytes).
            """)
        try conclude(phases, stores)
    }

    private func conclude(_ phases: [CarePhase], _ stores: [CareStore]) throws {
        let care = phases.filter { $0.name != "alone" }
        let goals = [
            ("no slot missed", stores.allSatisfy { !$0.isMissed }),
            ("no store beside care over 50 ms", care.allSatisfy { $0.longest(of: stores) <= 50 }),
            // What captures added meanwhile stays; but nothing that was free is left in the file, beyond a step's pages.
            ("space returned", care.allSatisfy { $0.free < 256 }),
        ]
        print(goals.map { "\($0.1 ? "met   " : "MISSED") \($0.0)" }.joined(separator: "\n"))
        guard goals.allSatisfy(\.1) else { exit(1) }
    }

    /// Frames of ten days, by several tasks, so that they share transactions.
    private func fill(_ path: String) async throws {
        let archive = try await FrameArchive.open(at: path)
        let pictures = CarePictures()
        let camera = try CameraName("benchmark")
        let days = Timestamp(seconds: Int64(Date().timeIntervalSince1970) - 11 * 86_400)
        let count = Int(size.bytes / 100_000)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for number in stride(from: task, to: count, by: 8) {
                        let due = days + .milliseconds(864_000_000 / count) * number
                        let frame = try pictures.frame(number, camera: camera, at: due)
                        _ = try await archive.store(
                            frame, for: Slot(due: due, interval: .seconds(1)), received: .zero)
                    }
                }
            }
            try await group.waitForAll()
        }
        try await archive.close()
        print("\(count) frames stored in \(ContinuousClock.now - start).\n")
    }

    /// What the file takes of the device.
    private static func lengthOnDisk(of path: String) throws -> ByteCount {
        var status = stat()
        guard stat(path, &status) == 0 else { throw CocoaError(.fileReadUnknown) }
        return ByteCount(Int64(status.st_blocks) * 512)
    }
}

/// A frame that the captures were to store.
struct CareStore {
    let due: Date
    /// In milliseconds.
    let latency: Double
    let isMissed: Bool

    init?(line: Substring) {
        let words = line.split(separator: " ")
        guard words.count == 2, let due = Double(words[0]) else { return nil }
        self.due = Date(timeIntervalSince1970: due / 1000)
        latency = (Double(words[1]) ?? 0) / 1000
        isMissed = words[1] == "missed"
    }
}

/// A stretch of the benchmark, and how the stores in it went.
struct CarePhase {
    let name: String
    let from, until: Date
    /// The file's length on disk.
    let before, after: ByteCount
    /// Pages in the file that hold nothing, afterwards.
    let free: Int

    static let heading = timesHeading + fileHeading.map { $0.right(in: 12) }.joined() + "   milliseconds"
    static let timesHeading =
        "phase".filled(to: 12)
        + ["seconds", "stores", "missed", "p50", "p99", "p99.9", "max", "> 50 ms"].map { $0.right(in: 12) }.joined()
    private static let fileHeading = ["file before", "after", "free pages"]

    func line(of all: [CareStore]) -> String {
        times(of: all) + ["\(before)", "\(after)", "\(free)"].map { $0.right(in: 12) }.joined()
    }

    /// How the stores in it went, without the file.
    func times(of all: [CareStore]) -> String {
        let stores = all.filter { from <= $0.due && $0.due < until }
        let latencies = stores.filter { !$0.isMissed }.map(\.latency).sorted()
        func percentile(_ share: Double) -> String {
            let index = min(latencies.count - 1, Int(Double(latencies.count) * share))
            return index < 0 ? "–" : latencies[index].formatted(places: 1)
        }
        let cells = [
            until.timeIntervalSince(from).formatted(places: 0), "\(latencies.count)",
            "\(stores.filter(\.isMissed).count)", percentile(0.5), percentile(0.99), percentile(0.999), percentile(1),
            "\(latencies.filter { $0 > 50 }.count)",
        ]
        return name.filled(to: 12) + cells.map { $0.right(in: 12) }.joined()
    }

    /// In milliseconds.
    func longest(of all: [CareStore]) -> Double {
        all.filter { from <= $0.due && $0.due < until }.map(\.latency).max() ?? 0
    }
}

/// The captures' process.
struct CareWriterProcess {
    private let process: Process
    private let input: Pipe
    private let output: URL

    init(archive path: String) throws {
        process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [CareWriter.argument, path]
        input = Pipe()
        output = URL(filePath: path + ".stores")
        guard FileManager.default.createFile(atPath: output.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        process.standardInput = input
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
    }

    func finish() async throws -> [CareStore] {
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return String(decoding: try Data(contentsOf: output), as: UTF8.self)
            .split(separator: "\n").compactMap(CareStore.init(line:))
    }
}
