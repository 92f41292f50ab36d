import Archive
import Catalog
import Export
import Foundation
import TestSupport
import Vocabulary

/// How fast pictures leave the archive, beside the system's tools copying the same files, both until they are on disk.
///
/// The two take turns, so that whatever else the machine does falls on both alike.
struct ExportBenchmark {
    /// Pictures in the archive.
    let count: Int
    private static let rounds = 7

    func run(in folder: URL) async throws {
        let archive = folder.appending(path: "archive.printlapse").path
        var path = try await WholePath(archive: archive)
        let pictures = CameraPictures(width: 1280, height: 720)
        var bytes = 0
        for number in 0..<count {
            let picture = pictures.picture(number)
            bytes += picture.count
            _ = try await path.take(picture, number: number)
        }
        try await path.finish()
        let catalog = try Catalog.open(at: archive)
        try await export(catalog, to: folder, "frames")
        print(
            """
            \(count) pictures with \(ByteCount(bytes)) on \(ProcessFigures.allowedCores); medians of \(Self.rounds) rounds.

            output     printlapse         beside it                                   ratio       MB/s
            """)
        for (output, command) in [
            ("copy", "cp -r frames TARGET"), ("copy.tar", "tar -cf TARGET frames"),
            ("copy.zip", "bsdtar -cf TARGET --format zip --options zip:compression=store frames"),
        ] {
            try await compare(catalog, in: folder, output, beside: command, bytes: bytes)
        }
        try catalog.close()
    }

    private func compare(
        _ catalog: Catalog, in folder: URL, _ output: String, beside command: String, bytes: Int
    ) async throws {
        var (ours, theirs): ([Duration], [Duration]) = ([], [])
        // What was written stays until the end: removing it would slow the writing that follows, because a file system
        // does not give a removed file's place away at once.
        let work = folder.appending(path: "work")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: false)
        for round in 0..<Self.rounds {
            let target = "work/theirs-\(round)"
            let theirCommand = command.replacing("TARGET", with: target) + " && sync --file-system work"
            theirs.append(try await time { try Self.shell(theirCommand, in: folder) })
            ours.append(try await time { try await export(catalog, to: folder, "work/\(round)-\(output)") })
        }
        try FileManager.default.removeItem(at: work)
        try Self.shell("sync --file-system . && sleep 6", in: folder)
        let (our, their) = (median(ours), median(theirs))
        print(
            [
                output.filled(to: 11), (our.formatted(places: 3) + " s").right(in: 10), "   ",
                (their.formatted(places: 3) + " s").right(in: 10), "  ", String(command.prefix(30)).filled(to: 31),
                (our / their).formatted(places: 2).right(in: 6),
                (Double(bytes) / 1e6 / our).formatted(places: 0).right(in: 11),
            ].joined())
        fflush(nil)
    }

    private func export(_ catalog: Catalog, to folder: URL, _ output: String) async throws {
        let request = ExportRequest(frames: FrameQuery(), output: folder.appending(path: output).path)
        _ = try await Exporter(catalog: catalog).export(request)
    }

    private static func shell(_ command: String, in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure.command(command) }
    }

    private func time(_ body: () async throws -> Void) async throws -> Duration {
        let start = ContinuousClock.now
        try await body()
        return ContinuousClock.now - start
    }

    /// In seconds.
    private func median(_ times: [Duration]) -> Double {
        times.sorted()[times.count / 2] / .seconds(1)
    }

    private enum Failure: Error { case command(String) }
}
