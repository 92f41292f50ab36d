import Archive
import Catalog
import Export
import Foundation
import TestSupport
import Vocabulary

/// How fast videos are made, beside ffmpeg alone that reads the same JPEGs from files and is given the same filters and
/// encoder.
///
/// The two take turns, so that whatever else the machine does falls on both alike.
struct VideoBenchmark {
    /// Pictures in the archive.
    let count: Int
    private static let rounds = 5

    func run(in folder: URL) async throws {
        let archive = folder.appending(path: "archive.printlapse").path
        var path = try await WholePath(archive: archive)
        let pictures = CameraPictures(width: 1280, height: 720)
        let files = folder.appending(path: "frames")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: false)
        for number in 0..<count {
            let picture = pictures.picture(number)
            try Data(picture).write(to: files.appending(path: "\(number).jpg"))
            _ = try await path.take(picture, number: number)
        }
        try await path.finish()
        let catalog = try Catalog.open(at: archive)
        print(
            """
            \(count) pictures of 1280×720 on \(ProcessFigures.allowedCores); seconds, medians of \(Self.rounds) rounds, \
            turn by turn.

            video                  printlapse       ffmpeg     ratio   frames/s
            """)
        let input = "ffmpeg -v error -y -framerate 30 -i frames/%d.jpg"
        let encoding =
            "-vf scale=1280:720:in_range=full:out_range=tv:in_color_matrix=bt601:out_color_matrix=bt601:"
            + "flags=lanczos+accurate_rnd,format=yuv420p -c:v libx264 -preset medium -crf 20 -g 60 -movflags +faststart"
        try await compare(catalog, in: folder, "lossless", "ours.mkv", beside: "\(input) -c copy theirs.mkv") {
            $0.isLossless = true
        }
        try await compare(catalog, in: folder, "H.264", "ours.mp4", beside: "\(input) \(encoding) theirs.mp4") { _ in }
        try await compare(
            catalog, in: folder, "H.264, light levelled", "ours.mp4", beside: "\(input) \(encoding) theirs.mp4"
        ) { $0.looks.isLevelled = true }
        try catalog.close()
    }

    private func compare(
        _ catalog: Catalog, in folder: URL, _ name: String, _ output: String, beside command: String,
        _ change: (inout VideoSettings) -> Void
    ) async throws {
        var request = ExportRequest(frames: FrameQuery(), output: folder.appending(path: output).path)
        request.force = true
        change(&request.video)
        var (ours, theirs): ([Double], [Double]) = ([], [])
        for _ in 0..<Self.rounds {
            theirs.append(try await seconds { try shell(command + " && sync theirs.*", in: folder) })
            ours.append(try await seconds { _ = try await Exporter(catalog: catalog).export(request) })
        }
        let (our, their) = (ours.sorted()[Self.rounds / 2], theirs.sorted()[Self.rounds / 2])
        print(
            name.filled(to: 23) + our.formatted(places: 3).right(in: 10) + their.formatted(places: 3).right(in: 13)
                + (our / their).formatted(places: 2).right(in: 10)
                + (Double(count) / our).formatted(places: 0).right(in: 11))
        fflush(nil)
    }

    private func seconds(_ body: () async throws -> Void) async throws -> Double {
        try await ContinuousClock().measure { try await body() } / .seconds(1)
    }

    private func shell(_ command: String, in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure.command(command) }
    }

    private enum Failure: Error { case command(String) }
}
