import Archive
import Deduplication
import Foundation
import Import
import NIOCore
import Storage
import TestSupport
import Validation
import Vocabulary

/// How many pictures a second an import takes in on all cores, beside the same validating, fingerprinting and storing of pictures
/// that are in memory already, in the order in which they happen to be done, and beside an import of the same pictures where
/// libjpeg judges them, as it did all before there was a scan of our own.
///
/// They take turns, so that whatever else the machine does falls on both alike.
struct ImportBenchmark {
    /// Pictures of each size.
    let count: Int

    private static let rounds = 4
    /// 2023-11-14T22:13:20Z
    private static let start = Timestamp(seconds: 1_700_000_000)

    func run(in folder: URL) async throws {
        print("\(count) pictures of each size on \(ProcessFigures.allowedCores); pictures a second.\n")
        print("picture              import   from memory   ratio   again (all known)   by libjpeg   ratio")
        for size in [(640, 480), (1280, 720)] {
            let pictures = CameraPictures(width: size.0, height: size.1)
            var (imported, memory, again, libjpegs) = (Duration.zero, Duration.zero, Duration.zero, Duration.zero)
            var bytes = 0
            for round in 0..<Self.rounds {
                let numbers = round * count / Self.rounds..<(round + 1) * count / Self.rounds
                let place = folder.appending(path: "\(size.0)-\(round)")
                bytes += try write(pictures.picture, numbers, to: place)
                let other = folder.appending(path: "\(size.0)-\(round)-libjpeg")
                _ = try write(pictures.pictureForLibjpeg, numbers, to: other)
                let archive = folder.appending(path: "\(size.0)-\(round).sqlite").path
                memory += try await store(pictures, numbers, in: archive + "-memory")
                imported += try await importing(place, numbers.count, into: archive)
                again += try await importing(place, 0, into: archive)
                libjpegs += try await importing(other, numbers.count, into: archive + "-libjpeg")
                for name in [place.path, other.path, archive, archive + "-memory", archive + "-libjpeg"] {
                    try FileManager.default.removeItem(atPath: name)
                }
            }
            print(
                "\(pictures.size), \(ByteCount(bytes / count))".filled(to: 21)
                    + rate(imported).right(in: 6) + rate(memory).right(in: 14)
                    + (imported / memory).formatted(places: 2).right(in: 8) + rate(again).right(in: 20)
                    + rate(libjpegs).right(in: 13) + (imported / libjpegs).formatted(places: 2).right(in: 8))
        }
    }

    private func rate(_ duration: Duration) -> String {
        (Double(count) / (duration / .seconds(1))).formatted(places: 0)
    }

    /// - Returns: how many bytes they have.
    private func write(
        _ picture: (Int) -> [UInt8], _ numbers: Range<Int>, to folder: URL
    ) throws -> Int {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var bytes = 0
        for number in numbers {
            let picture = picture(number)
            let name = "printer_" + (Self.start + .seconds(number)).fileNameText + ".jpg"
            try Data(picture).write(to: folder.appending(path: name))
            bytes += picture.count
        }
        return bytes
    }

    private func importing(_ folder: URL, _ expected: Int, into path: String) async throws -> Duration {
        let archive = try await FrameArchive.open(at: path, role: .care)
        let begun = ContinuousClock.now
        let report = try await FrameImporter(into: archive).run([ImportSource(at: folder.path)])
        let duration = ContinuousClock.now - begun
        guard report.stored == expected, report.refused.isEmpty else { throw Unexpected.report }
        try await archive.close()
        return duration
    }

    /// The path of captured frames, as many at a time as there is work for the cores and for shared commits.
    private func store(_ pictures: CameraPictures, _ numbers: Range<Int>, in path: String) async throws -> Duration {
        let archive = try await FrameArchive.open(at: path)
        let camera = try CameraName("benchmark")
        let (validator, deduplicator) = (FrameValidator(), Deduplicator())
        let bodies = numbers.map { ByteBuffer(bytes: pictures.picture($0)) }
        let begun = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, body) in bodies.enumerated() {
                if index >= 8 * ProcessInfo.processInfo.activeProcessorCount { try await group.next() }
                group.addTask {
                    let due = Self.start + .seconds(numbers.lowerBound + index)
                    let origin = SnapshotOrigin(camera: camera, source: .url, receivedAt: due)
                    let frame = try validator.validate(Snapshot(bytes: body, origin: origin))
                    guard case .novel(let novel) = deduplicator.examine(frame, against: nil) else { return }
                    let slot = Slot(due: due, interval: .seconds(1))
                    _ = try await archive.store(novel, for: slot, received: ByteCount(body.readableBytes))
                }
            }
            try await group.waitForAll()
        }
        let duration = ContinuousClock.now - begun
        try await archive.close()
        return duration
    }

    private enum Unexpected: Error { case report }
}
