import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `A sample of a video's size` {
    @Test(arguments: [(1000, 200), (5000, 60), (301, 300), (100_000, 500)])
    func `is spread over all of it, a little of each part`(count: Int, most: Int) {
        let sample = SizeSample(of: count, keyFrames: 60, atMost: most)
        #expect(sample.places.count <= most && sample.places.count >= most / 2)
        #expect(sample.places == sample.places.sorted() && Set(sample.places).count == sample.places.count)
        #expect(sample.places.allSatisfy { (0..<count).contains($0) })
        #expect(sample.stretches[0].lowerBound < count / sample.stretches.count)
        #expect(sample.stretches.last!.upperBound > count - count / sample.stretches.count)
        #expect(sample.beginnings.map { sample.places[$0] } == sample.stretches.map(\.lowerBound))
    }

    @Test func `is all of a short one, whose size is then known`() {
        let sample = SizeSample(of: 50, keyFrames: 10, atMost: 60)
        #expect(sample.isWhole && sample.places == Array(0..<50))
        #expect(sample.bytes(of: Array(1...50)) == 1275)
        #expect(sample.bytes(ofSample: 1275, beginnings: 7) == 1275)
    }

    @Test func `counts key frames as often as the whole has them`() {
        let sample = SizeSample(of: 1000, keyFrames: 60, atMost: 200)
        let sizes = sample.places.indices.map { sample.beginnings.contains($0) ? 10_000 : 100 }
        #expect(sample.bytes(of: sizes) == 17 * 10_000 + 983 * 100)
        let dense = SizeSample(of: 1000, keyFrames: 10, atMost: 200)
        let regular = dense.stretches.flatMap { (0..<$0.count).map { $0.isMultiple(of: 10) ? 5000 : 50 } }
        #expect(dense.bytes(of: regular) == 100 * 5000 + 900 * 50)
        let animation = SizeSample(of: 1000, keyFrames: nil, atMost: 200)
        #expect(animation.bytes(of: sizes) == 10_000 + 999 * 100)
        #expect(animation.bytes(ofSample: sizes.reduce(0, +), beginnings: 50_000) == 10_000 + 999 * 100)
    }

    @Test func `reads sizes as they are shown, and not as they are stored`() {
        let list = """
            #software: Lavf59.27.100
            #tb 0: 1/30
            0,         -2,          0,        1,     4012, 0x1f2e3d4c
            0,         -1,          3,        1,      300, 0x1f2e3d4c, F=0x0
            0,          0,          1,        1,       20, 0x1f2e3d4c, F=0x0, S=1,     8, 0x05ec00be
            0,          1,          2,        1,       10, 0x1f2e3d4c, F=0x0
            """
        #expect(PacketSizes(list: list).sizes == [4012, 20, 10, 300])
    }

    enum Kind: String, CaseIterable { case moving, noisy, mixed }

    private func footage(_ kind: Kind) async throws -> Footage {
        try await Footage(
            (0..<240).map { number in
                var scene = TestScene(width: 192, height: 144, noise: kind == .noisy ? 5 : 0, seed: UInt64(number))
                scene.patches = [.init(x: number % 150, y: number / 2, width: 40, height: 20, contrast: 60)]
                if kind == .mixed {
                    scene.patches[0].x = number < 120 ? 10 : number * 7 % 150
                    scene.noise = number < 120 ? 0 : 4
                }
                return Shot(
                    picture: TestEncoding(quality: 90).encode(scene), time: Footage.start + .seconds(number))
            })
    }

    @Test(arguments: Kind.allCases) func `tells how large a file becomes within two fifths`(kind: Kind) async throws {
        let footage = try await footage(kind)
        var exporter = Exporter(catalog: footage.catalog)
        exporter.trialFrames = 72
        for output in ["a.mp4", "b.webm", "c.gif", "d.webp", "e.mkv", "f.mkv"] {
            let request = footage.request(output) {
                if output == "e.mkv" { ($0.pace, $0.selection.most) = (.realTime(10), nil) }
                if output == "f.mkv" { $0.video.isLossless = true }
            }
            let planned = try #require(try await exporter.plan(request).bytes)
            #expect(footage.outputs.names.allSatisfy { $0 < output }, "nothing is left of what was tried")
            let made = try await exporter.export(request)
            let ratio = Double(planned.bytes) / Double(made.bytes.bytes)
            #expect((0.6...1.4).contains(ratio), "\(kind) \(output): \(planned) planned, \(made.bytes) made")
        }
    }

    @Test func `is a guess where there is no ffmpeg, and where none is to be asked`() async throws {
        let footage = try await footage(.moving)
        let request = footage.request("a.mp4")
        let plan = try await Exporter(catalog: footage.catalog, searchPath: footage.folder("out")).plan(request)
        #expect(plan.bytes != nil)
        let exporter = Exporter(catalog: footage.catalog)
        #expect(try await exporter.plan(request, sizing: .reckoned).bytes == plan.bytes)
        #expect(try await exporter.plan(request, sizing: .tried).bytes != plan.bytes)
    }
}
