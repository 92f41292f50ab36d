import Catalog
import Export
import Foundation
import NIOCore
import Simulator
import TestSupport
import Vocabulary

/// How alike the head of a simulated print stands in steadily chosen frames, and what the choice adds to the time of a video of
/// as many frames.
struct SteadyBenchmark {
    /// In each step.
    let candidates: Int
    private static let steps = 100
    private static let size = PixelSize(width: 640, height: 480)

    func run(in folder: URL) async throws {
        print("\(Self.steps) steps of \(candidates) frames of \(Self.size) on \(ProcessFigures.allowedCores)\n")
        print(
            "print     evenly mm   steady mm     ratio   at best   of ten steps   off by steps   evenly s   steady s"
                + "     ratio")
        for seed in 1...3 as ClosedRange<UInt64> {
            let path = folder.appending(path: "\(seed).printlapse").path
            let heads = try await makePrint(seed, at: path)
            let catalog = try Catalog.open(at: path)
            let (even, steady) = (
                try await places(of: catalog, in: folder, isSteady: false),
                try await places(of: catalog, in: folder, isSteady: true)
            )
            let (evenSpread, spread) = (Self.spread(even.map { heads[$0] }), Self.spread(steady.map { heads[$0] }))
            let (evenTen, steadyTen) = (
                Self.spreadOfTen(even.map { heads[$0] }), Self.spreadOfTen(steady.map { heads[$0] })
            )
            let errors = zip(steady, even).map { Double($0 - $1) / Double(candidates) }
            let error = (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
            let video = try await seconds(of: catalog, in: folder, isSteady: false)
            let steadyVideo = try await seconds(of: catalog, in: folder, isSteady: true)
            let cells: [(Double, Int, Int)] = [
                (evenSpread, 2, 11), (spread, 2, 12), (spread / evenSpread, 2, 10),
                (leastSpread(heads) / evenSpread, 2, 10), (steadyTen / evenTen, 2, 15),
                (error, 2, 15), (video, 2, 11),
                (steadyVideo, 2, 11), (steadyVideo / video, 2, 10),
            ]
            print(
                "\(seed)".filled(to: 8)
                    + cells.map { $0.0.formatted(places: $0.1).right(in: $0.2) }.joined())
            fflush(nil)
            try catalog.close()
        }
    }

    /// - Returns: where the head is in each frame.
    private func makePrint(_ seed: UInt64, at path: String) async throws -> [HeadPosition] {
        var settings = SimulatorSettings()
        (settings.seed, settings.pictureSize, settings.warmUp) = (seed, Self.size, .zero)
        let printer = SimulatedPrinter(settings)
        let camera = try SimulatedCamera(settings)
        let count = Self.steps * candidates
        var whole = try await WholePath(archive: path)
        var heads: [HeadPosition] = []
        for number in 0..<count {
            // The last frames of a print show the head where it parks.
            let time = settings.printDuration * 0.97 / count * number
            _ = try await whole.take(
                Array(try camera.picture(of: printer, at: time, number: number).readableBytesView), number: number)
            heads.append(printer.headPosition(at: time))
        }
        try await whole.finish()
        return heads
    }

    /// The numbers of the frames that are taken, from 0 on.
    private func places(of catalog: Catalog, in folder: URL, isSteady: Bool) async throws -> [Int] {
        let output = folder.appending(path: "frames").path
        var request = ExportRequest(frames: FrameQuery(), output: output)
        (request.selection.isSteady, request.selection.most, request.force) = (isSteady, Self.steps, true)
        request.names = try NameTemplate("{id:06}")
        _ = try await Exporter(catalog: catalog).export(request)
        return try FileManager.default.contentsOfDirectory(atPath: output).sorted()
            .compactMap { $0.hasSuffix(".jpg") ? Int($0.dropLast(4)).map { $0 - 1 } : nil }
    }

    private func seconds(of catalog: Catalog, in folder: URL, isSteady: Bool) async throws -> Double {
        var request = ExportRequest(frames: FrameQuery(), output: folder.appending(path: "steady.mp4").path)
        (request.selection.isSteady, request.selection.most, request.force) = (isSteady, Self.steps, true)
        let time = try await ContinuousClock().measure { _ = try await Exporter(catalog: catalog).export(request) }
        return time / .seconds(1)
    }

    /// The least spread that anybody could reach with these frames: of all places above the bed the one is taken from which the
    /// nearest frame of each step is least far.
    private func leastSpread(_ heads: [HeadPosition]) -> Double {
        let places = stride(from: -40.0, through: 40, by: 2.5)
        return places.flatMap { x in places.map { y in (x, y) } }.map { x, y in
            func distance(_ head: HeadPosition) -> Double { (head.x - x) * (head.x - x) + (head.y - y) * (head.y - y) }
            return Self.spread(
                stride(from: 0, to: heads.count, by: candidates).compactMap { start in
                    heads[start..<start + candidates].min { distance($0) < distance($1) }
                })
        }.min() ?? 0
    }

    /// The mean spread of ten frames that follow each other: without what the whole print wanders by.
    private static func spreadOfTen(_ heads: [HeadPosition]) -> Double {
        let spreads = (0...heads.count - 10).map { spread(Array(heads[$0..<$0 + 10])) }
        return spreads.reduce(0, +) / Double(spreads.count)
    }

    /// The root of the mean square of the head's distance from its mean place above the bed, in millimetres.
    private static func spread(_ heads: [HeadPosition]) -> Double {
        let count = Double(heads.count)
        let (x, y) = (heads.reduce(0) { $0 + $1.x } / count, heads.reduce(0) { $0 + $1.y } / count)
        return (heads.reduce(0) { $0 + ($1.x - x) * ($1.x - x) + ($1.y - y) * ($1.y - y) } / count).squareRoot()
    }
}
