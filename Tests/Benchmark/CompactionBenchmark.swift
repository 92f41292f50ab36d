import Archive
import Care
import Deduplication
import Foundation
import NIOCore
import Simulator
import Storage
import TestSupport
import Validation
import Vocabulary

/// How much smaller compaction makes pictures and how many a second, beside `jpegtran` where it is installed.
struct CompactionBenchmark {
    /// Pictures of each kind.
    let count: Int

    func run(in folder: URL) async throws {
        print("\(count) pictures of each kind on \(ProcessFigures.allowedCores); sizes as parts of the original's\n")
        print(
            "pictures".filled(to: 32)
                + ["bytes", "compact", "optimize", "progressive", "pictures/s", "MB/s"].map { $0.right(in: 12) }
                .joined())
        for size in [PixelSize(width: 640, height: 480), PixelSize(width: 1280, height: 720)] {
            try await measure("simulated, \(size)", try simulated(size), in: folder)
        }
        for (width, height) in [(640, 480), (1280, 720), (1920, 1080)] {
            let pictures = CameraPictures(width: width, height: height)
            try await measure("noisy, \(pictures.size)", (0..<count).map(pictures.picture), in: folder)
        }
        for (quality, noise) in [(60, 2.0), (75, 3.0), (95, 2.0)] {
            let pictures = (0..<count).map { seed in
                TestEncoding(quality: quality).encode(
                    TestScene(width: 1280, height: 720, noise: noise, seed: UInt64(seed))
                ).bytes
            }
            try await measure("quality \(quality), noise \(noise)", pictures, in: folder)
        }
    }

    private func simulated(_ size: PixelSize) throws -> [[UInt8]] {
        var settings = SimulatorSettings()
        settings.pictureSize = size
        let (camera, printer) = (try SimulatedCamera(settings), SimulatedPrinter(settings))
        return try (0..<count).map { number in
            let picture = try camera.picture(of: printer, at: .seconds(1800 * number / count), number: number)
            return Array(picture.readableBytesView)
        }
    }

    private func measure(_ name: String, _ pictures: [[UInt8]], in folder: URL) async throws {
        let path = folder.appending(path: "\(UUID().uuidString).printlapse").path
        var archive = try await WholePath(archive: path)
        for (number, picture) in pictures.enumerated() { _ = try await archive.take(picture, number: number) }
        try await archive.finish()

        let caretaker = try await FrameArchive.open(at: path, role: .care)
        let start = ContinuousClock.now
        let report = try await caretaker.compact()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        try await caretaker.close()

        let bytes = Double(report.bytesBefore.bytes)
        let others = try ["-optimize", "-progressive"].map { option in
            try Self.jpegtran(option, pictures, in: folder).map { (Double($0) / bytes).formatted(places: 4) } ?? "–"
        }
        let cells =
            [
                "\(ByteCount(report.bytesBefore.bytes / Int64(max(1, report.pictures))))",
                (Double(report.bytesAfter.bytes) / bytes).formatted(places: 4),
            ] + others + [
                (Double(report.pictures) / seconds).formatted(places: 0), (bytes / seconds / 1e6).formatted(places: 1),
            ]
        print(name.filled(to: 32) + cells.map { $0.right(in: 12) }.joined())
        fflush(nil)
    }

    /// What the pictures come to after `jpegtran`; `nil` where it is not installed.
    private static func jpegtran(_ option: String, _ pictures: [[UInt8]], in folder: URL) throws -> Int? {
        let program = URL(filePath: "/usr/bin/jpegtran")
        guard FileManager.default.isExecutableFile(atPath: program.path) else { return nil }
        let (input, output) = (folder.appending(path: "in.jpg"), folder.appending(path: "out.jpg"))
        return try pictures.reduce(0) { sum, picture in
            try Data(picture).write(to: input)
            let process = try Process.run(
                program, arguments: ["-copy", "all", option, "-outfile", output.path, input.path])
            process.waitUntilExit()
            return sum + (try Data(contentsOf: output).count)
        }
    }
}
