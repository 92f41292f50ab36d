import Archive
import CCrypto
import CTurboJPEG
import Care
import Catalog
import Foundation
import TestSupport
import Vocabulary

/// How fast `verify` goes through an archive, beside one of the same pictures that libjpeg judges, as it did all before there was a
/// scan of our own, and beside bare decoding (luma at 1/8) and hashing of them from memory; all on all cores.
struct VerifyBenchmark {
    let count: Int

    func run(in folder: URL) async throws {
        print(
            "\(count) pictures of each size on \(ProcessFigures.allowedCores); seconds, best of three, turn by turn.\n")
        print("picture               megabytes    verify   by libjpeg    ratio      bare    ratio   pictures/s")
        for (width, height) in [(640, 480), (1280, 720), (1920, 1080)] {
            try await compare(CameraPictures(width: width, height: height), in: folder)
        }
    }

    private func compare(_ source: CameraPictures, in folder: URL) async throws {
        let pictures = (0..<count).map(source.picture)
        let place = folder.appendingPathComponent("\(source.size.width)").path
        let ours = try await archive(of: pictures, at: place + ".printlapse")
        let libjpegs = try await archive(
            of: (0..<count).map(source.pictureForLibjpeg), at: place + "-libjpeg.printlapse")

        var times = Array(repeating: Duration.seconds(1_000_000), count: 3)
        for _ in 0..<3 {
            times[0] = min(times[0], try await verifying(ours))
            times[1] = min(times[1], try await verifying(libjpegs))
            times[2] = min(
                times[2], try await ContinuousClock().measure { try await decodeAll(pictures, source.size) })
        }
        try ours.close()
        try libjpegs.close()
        let bytes = pictures.reduce(0) { $0 + $1.count }
        let seconds = times.map { $0 / .seconds(1) }
        print(
            "\(source.size)".filled(to: 21) + (Double(bytes) / 1e6).formatted(places: 1).right(in: 10)
                + seconds[0].formatted(places: 3).right(in: 10) + seconds[1].formatted(places: 3).right(in: 13)
                + (seconds[0] / seconds[1]).formatted(places: 2).right(in: 9)
                + seconds[2].formatted(places: 3).right(in: 10)
                + (seconds[0] / seconds[2]).formatted(places: 2).right(in: 9)
                + (Double(count) / seconds[0]).formatted(places: 0).right(in: 13))
    }

    private func archive(of pictures: [[UInt8]], at path: String) async throws -> Catalog {
        var whole = try await WholePath(archive: path)
        for (number, picture) in pictures.enumerated() { _ = try await whole.take(picture, number: number) }
        try await whole.finish()
        return try Catalog.open(at: path)
    }

    private func verifying(_ catalog: Catalog) async throws -> Duration {
        try await ContinuousClock().measure {
            let report = try await catalog.verify()
            precondition(report.isSound && report.framesChecked == count)
        }
    }

    /// As many tasks as cores, each with a decoder of its own.
    private func decodeAll(_ pictures: [[UInt8]], _ size: PixelSize) async throws {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        try await withThrowingTaskGroup(of: Void.self) { group in
            for core in 0..<cores {
                group.addTask {
                    guard let decoder = tjInitDecompress() else { throw Failure.decoder }
                    defer { tjDestroy(decoder) }
                    let (width, height) = ((size.width + 7) / 8, (size.height + 7) / 8)
                    var luma = [UInt8](repeating: 0, count: width * height)
                    var digest = [UInt8](repeating: 0, count: 32)
                    for index in stride(from: core, to: pictures.count, by: cores) {
                        let picture = pictures[index]
                        guard
                            tjDecompress2(
                                decoder, picture, UInt(picture.count), &luma, Int32(width), Int32(width), Int32(height),
                                Int32(TJPF_GRAY.rawValue), 0) == 0
                        else { throw Failure.decoder }
                        SHA256(picture, picture.count, &digest)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private enum Failure: Error { case decoder }
}
