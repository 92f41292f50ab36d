import CTurboJPEG
import Catalog
import Export
import Foundation
import TestSupport
import Vocabulary

/// How fast a contact sheet with every frame on it is made, beside bare decoding to RGB at 1/8 of the same pictures
/// from memory, both on all cores; and how fast the other sheets are.
struct SheetBenchmark {
    let count: Int

    func run(in folder: URL) async throws {
        print(
            "\(count) pictures of each size on \(ProcessFigures.allowedCores); seconds, best of three, turn by turn.\n")
        print("picture               sheet           seconds        bare       ratio   pictures/s   peak MB")
        for (width, height) in [(640, 480), (1280, 720), (1920, 1080)] {
            try await compare(CameraPictures(width: width, height: height), in: folder)
        }
    }

    private func compare(_ source: CameraPictures, in folder: URL) async throws {
        let path = folder.appendingPathComponent("\(source.size.width).printlapse").path
        var whole = try await WholePath(archive: path)
        for number in 0..<count { _ = try await whole.take(source.picture(number), number: number) }
        try await whole.finish()

        let catalog = try Catalog.open(at: path)
        for kind in SheetKind.allCases where kind != .beforeAfter {
            var (ours, bare) = (Duration.seconds(1_000_000), Duration.seconds(1_000_000))
            for _ in 0..<(kind == .contact ? 3 : 1) {
                ours = min(ours, try await ContinuousClock().measure { try await make(kind, of: catalog, in: folder) })
                bare = min(bare, try await ContinuousClock().measure { try await decodeAll(source) })
            }
            report(kind, source.size, seconds: ours / .seconds(1), bare: bare / .seconds(1))
        }
        try catalog.close()
    }

    private func make(_ kind: SheetKind, of catalog: Catalog, in folder: URL) async throws {
        let output = folder.appendingPathComponent("sheet.jpg").path
        var request = ExportRequest(frames: FrameQuery(), output: output)
        (request.sheet.kind, request.selection.most, request.force) = (kind, count, true)
        let result = try await Exporter(catalog: catalog).export(request)
        precondition(result.isComplete && result.frames == min(count, kind == .keogram ? 4096 : count))
    }

    private func report(_ kind: SheetKind, _ size: PixelSize, seconds: Double, bare: Double) {
        let peak = (try? ProcessFigures().peak) ?? 0
        print(
            "\(size)".filled(to: 22) + kind.rawValue.filled(to: 13) + seconds.formatted(places: 3).right(in: 10)
                + bare.formatted(places: 3).right(in: 12) + (seconds / bare).formatted(places: 2).right(in: 12)
                + (Double(count) / seconds).formatted(places: 0).right(in: 13) + "\(peak / 1024)".right(in: 10))
    }

    /// As many tasks as cores, each with a decoder of its own. There are but a few pictures, which lie in the
    /// processor's caches: that favours this side.
    private func decodeAll(_ source: CameraPictures) async throws {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let pictures = (0..<12).map { source.picture($0) }
        let (width, height) = ((source.size.width + 7) / 8, (source.size.height + 7) / 8)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for core in 0..<cores {
                group.addTask {
                    guard let decoder = tjInitDecompress() else { throw Failure.decoder }
                    defer { tjDestroy(decoder) }
                    var pixels = [UInt8](repeating: 0, count: width * height * 3)
                    for number in stride(from: core, to: count, by: cores) {
                        let picture = pictures[number % pictures.count]
                        guard
                            tjDecompress2(
                                decoder, picture, UInt(picture.count), &pixels, Int32(width), 0, Int32(height),
                                Int32(TJPF_RGB.rawValue), 0) == 0
                        else { throw Failure.decoder }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private enum Failure: Error { case decoder }
}
