import Archive
import FoundationEssentials
import Vocabulary

/// How many frames a second pass through validating, fingerprinting and storing, beside the same work in bare C calls.
///
/// `taskset -c 0 swift run -c release Benchmark [PICTURES [FOLDER]]` uses so many pictures of each size (200), and puts both
/// databases in a new folder inside FOLDER, which decides what syncing costs (the one for temporary files). The two paths take
/// turns picture by picture, so that whatever else the machine does falls on both alike.
@main
struct Benchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let count = arguments.first.flatMap { Int($0) } ?? 200
        let parent =
            arguments.dropFirst().first.map { URL(fileURLWithPath: $0) } ?? FileManager.default.temporaryDirectory
        let folder = parent.appendingPathComponent("printlapse-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch {
                print("\(folder.path) is left behind: \(error)")
            }
        }

        print(
            """
            \(count) pictures of each size on \(allowedCores); medians in milliseconds a picture.
            Bare: tjDecompress2 to luma at 1/8, SHA256(), a row with the picture in SQLite
            (WAL, synchronous=FULL, pages of 16 KiB).

            """)
        print(Comparison.heading)
        for scene in [(640, 480), (1280, 720), (1920, 1080)] {
            let pictures = CameraPictures(width: scene.0, height: scene.1)
            let comparison = try await compare(pictures, count: count, in: folder)
            print(comparison.table)
        }
    }

    private static func compare(_ pictures: CameraPictures, count: Int, in folder: URL) async throws -> Comparison {
        let name = "\(pictures.size.width)"
        let whole = try await WholePath(archive: folder.appendingPathComponent("\(name).printlapse").path)
        let bare = try BarePath(database: folder.appendingPathComponent("\(name).sqlite").path, size: pictures.size)
        var comparison = Comparison(size: pictures.size)
        // The first rounds warm caches, files and allocators up.
        for number in -10..<count {
            let picture = pictures.picture(number + 10)
            let times: (StageTimes, StageTimes)
            if number.isMultiple(of: 2) {
                let first = try await whole.take(picture, number: number)
                times = (first, try bare.take(picture, number: number))
            } else {
                let first = try bare.take(picture, number: number)
                times = (try await whole.take(picture, number: number), first)
            }
            if number >= 0 { comparison.record(whole: times.0, bare: times.1, bytes: picture.count) }
        }
        try await whole.finish()
        return comparison
    }

    /// The cores that this process may use, as Linux lists them.
    private static var allowedCores: String {
        let name = "Cpus_allowed_list:"
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let list = status.split(separator: "\n").first { $0.hasPrefix(name) }?.dropFirst(name.count)
        return "core " + (list.map { $0.filter { !$0.isWhitespace } } ?? "any")
    }
}
