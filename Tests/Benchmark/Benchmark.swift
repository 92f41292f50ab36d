import Foundation
import Vocabulary

/// `swift run -c release Benchmark [PICTURES [FOLDER]]` compares a frame's path with the same work in bare C calls;
/// `Benchmark farm [CAMERAS [SECONDS [FOLDER]]]` runs many cameras at once, good and bad, by the real clock;
/// `Benchmark films [CAMERAS [SECONDS [FOLDER]]]` does so while timelapses are rendered beside them;
/// `Benchmark start [TUNNELS [FOLDER]]` starts the program with many tunnels, and reloads it;
/// `Benchmark import [PICTURES [FOLDER]]` imports a folder of pictures, beside storing them from memory;
/// `Benchmark peers [PICTURES [FOLDER]]` imports on one core, beside scripts that do the like by Pillow and OpenCV;
/// `Benchmark week [CAMERAS [HOURS [FOLDER]]]` runs a week of them by a clock that passes as fast as the work is done;
/// `Benchmark wear [FRAMES [EARLIER [FOLDER]]]` counts the bytes written to the disk for each frame of a lone camera;
/// `Benchmark catalog [FRAMES [FOLDER]]` asks an archive of a year for pages and totals, beside the `sqlite3` program;
/// `Benchmark export [PICTURES [FOLDER]]` exports a folder, a tar and a ZIP, beside the tools that pack the same files;
/// `Benchmark compact [PICTURES [FOLDER]]` measures how much smaller compaction makes pictures, beside `jpegtran`;
/// `Benchmark truth [PICTURES]` counts how much visible damage is seen, and what looking costs beside libjpeg;
/// `Benchmark verify [PICTURES [FOLDER]]` verifies an archive, beside bare decoding of the same pictures from memory;
/// `Benchmark sheets [PICTURES [FOLDER]]` makes sheets of an archive, beside bare decoding of the same pictures from memory;
/// `Benchmark video [PICTURES [FOLDER]]` makes videos of an archive, beside ffmpeg alone on the same pictures from files;
/// `Benchmark steady [CANDIDATES [FOLDER]]` chooses steady frames of simulated prints, of so many in each step;
/// `Benchmark gallery [FRAMES [FOLDER]]` asks the gallery of an archive of a year, beside captures in another process;
/// `Benchmark machines [MACHINES [FRAMES [FOLDER]]]` has many machines published, and followed by one hub;
/// `Benchmark care [GIB [FOLDER]]` compacts and prunes a big archive beside captures in another process.
///
/// Archives lie in a new folder inside FOLDER, which decides what syncing costs (the one for temporary files).
@main
struct Benchmark {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let (first, second) = (number(1, of: arguments), number(2, of: arguments))
        switch arguments.first {
        case FarmServer.argument?:
            try await FarmServer.run(cameras: first ?? 0)
        case "farm"?:
            try await inFolder(below: arguments.dropFirst(3).first) { folder in
                try await FarmBenchmark(cameras: first ?? 1000, duration: .seconds(second ?? 90)).run(in: folder)
            }
        case "films"?:
            try await inFolder(below: arguments.dropFirst(3).first) { folder in
                let farm = FarmBenchmark(cameras: first ?? 1000, duration: .seconds(second ?? 90), rendersToo: true)
                try await farm.run(in: folder)
            }
        case "start"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await StartBenchmark(tunnels: first ?? 1000).run(in: folder)
            }
        case "catalog"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await CatalogBenchmark(frames: first ?? 10_000_000).run(in: folder)
            }
        case "export"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await ExportBenchmark(count: first ?? 1000).run(in: folder)
            }
        case "import"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await ImportBenchmark(count: first ?? 10_000).run(in: folder)
            }
        case PeersBenchmark.importing?:
            try await PeersBenchmark.importFolder(arguments[1], into: arguments[2])
        case "peers"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await PeersBenchmark(count: first ?? 1000).run(in: folder)
            }
        case "week"?:
            try await inFolder(below: arguments.dropFirst(3).first) { folder in
                try await WeekBenchmark(cameras: first ?? 1000, interval: .seconds(3600 * (second ?? 6))).run(
                    in: folder)
            }
        case "machines"?:
            try await inFolder(below: arguments.dropFirst(3).first) { folder in
                try await MachinesBenchmark(machines: first ?? 100, frames: second ?? 100).run(in: folder)
            }
        case "wear"?:
            try await inFolder(below: arguments.dropFirst(3).first) { folder in
                try await WearBenchmark(count: first ?? 150, earlier: second ?? 100_000).run(in: folder)
            }
        case CareWriter.argument?:
            try await CareWriter.run(archive: arguments[1])
        case "verify"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await VerifyBenchmark(count: first ?? 1000).run(in: folder)
            }
        case "truth"?:
            try TruthBenchmark(count: first ?? 40).run()
        case "compact"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await CompactionBenchmark(count: first ?? 100).run(in: folder)
            }
        case "sheets"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await SheetBenchmark(count: first ?? 1000).run(in: folder)
            }
        case "video"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await VideoBenchmark(count: first ?? 1000).run(in: folder)
            }
        case "steady"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await SteadyBenchmark(candidates: first ?? 32).run(in: folder)
            }
        case "gallery"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await GalleryBenchmark(frames: first ?? 10_000_000).run(in: folder)
            }
        case "care"?:
            try await inFolder(below: arguments.dropFirst(2).first) { folder in
                try await CareBenchmark(size: ByteCount((first ?? 4) << 30)).run(in: folder)
            }
        default:
            try await inFolder(below: arguments.dropFirst().first) { folder in
                try await PathBenchmark(count: number(0, of: arguments) ?? 200).run(in: folder)
            }
        }
    }

    private static func number(_ index: Int, of arguments: [String]) -> Int? {
        arguments.indices.contains(index) ? Int(arguments[index]) : nil
    }

    private static func inFolder(below parent: String?, _ body: (URL) async throws -> Void) async throws {
        let parent = parent.map { URL(filePath: $0) } ?? FileManager.default.temporaryDirectory
        let folder = parent.appending(path: "printlapse-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch {
                print("\(folder.path) is left behind: \(error)")
            }
        }
        try await body(folder)
    }
}
