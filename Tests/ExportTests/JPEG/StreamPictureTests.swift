import Archive
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `A picture in a video` {
    private typealias Kind = (name: String, picture: TestJPEG)

    /// Frames of these kinds, a second apart.
    private func footage(_ kinds: [Kind]) async throws -> Footage {
        try await Footage(
            kinds.enumerated().map { Shot(picture: $1.picture, time: Footage.start + .seconds($0)) })
    }

    /// Every frame of a video, as a player shows it.
    private func frames(of path: String, _ count: Int) throws -> [[UInt8]] {
        let tool = try Tool.run(
            "ffmpeg",
            [
                "-v", "error", "-noautorotate", "-i", path, "-fps_mode", "passthrough", "-vf",
                "scale=64:64:in_color_matrix=auto:in_range=auto:flags=accurate_rnd+full_chroma_int", "-f", "rawvideo",
                "-pix_fmt", "rgb24", "-",
            ])
        let length = PictureKinds.side * PictureKinds.side * 3
        let bytes = [UInt8](tool.output)
        #expect(bytes.count == count * length, "\(tool.errors)")
        return stride(from: 0, to: bytes.count, by: length).map { Array(bytes[$0..<min($0 + length, bytes.count)]) }
    }

    /// The mean difference of two pictures' values.
    private func difference(_ one: [UInt8], _ other: [UInt8]) -> Double {
        Double(zip(one, other).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(max(1, one.count))
    }

    private func expectSame(_ shown: [[UInt8]], _ kinds: [Kind], within most: Double) {
        for (place, (shown, kind)) in zip(shown, kinds).enumerated() {
            let difference = difference(shown, kind.picture.pixels)
            #expect(difference < most, "\(kind.name) after \(place == 0 ? "nothing" : kinds[place - 1].name)")
        }
    }

    @Test func `looks as it does alone, whatever kind came before it`() async throws {
        let all = PictureKinds.kept + PictureKinds.odd
        let kinds = PictureKinds.everyOrderOfTwo(of: all.count).map { all[$0] }
        let footage = try await footage(kinds)
        let result = try await footage.export("lapse.mkv") { $0.video.rateFactor = 4 }
        #expect(result.frames == kinds.count)
        #expect(result.isComplete)
        expectSame(try frames(of: footage.outputs("lapse.mkv"), kinds.count), kinds, within: 4)
    }

    @Test(arguments: ["lapse.mkv", "lapse.avi"])
    func `that is kept as it is looks as it does alone, whatever kind came before it`(output: String) async throws {
        let all = PictureKinds.kept
        let kinds = PictureKinds.everyOrderOfTwo(of: all.count).map { all[$0] }
        let footage = try await footage(kinds)
        let result = try await footage.export(output) { $0.video.isLossless = true }
        #expect(result.frames == kinds.count)
        expectSame(try frames(of: footage.outputs(output), kinds.count), kinds, within: 4)
    }

    @Test func `that players cannot decode is left out by name where it would have to be kept`() async throws {
        let odd = PictureKinds.odd.filter { ["3×2", "arithmetic"].contains($0.name) }
        let footage = try await footage([PictureKinds.kept[0], odd[0], odd[1], PictureKinds.kept[1]])
        let result = try await footage.export("lapse.mkv") { $0.video.isLossless = true }
        #expect(result.frames == 2)
        #expect(result.skipped.map(\.frame) == [footage.frames[1].id, footage.frames[2].id])
        #expect(result.skipped.map(\.reason).contains { $0.contains("sampled 3×2") })
        #expect(result.skipped.map(\.reason).contains { $0.contains("arithmetic") })
    }

    @Test func `that comes first and is much lower than the others is no half of one`() async throws {
        let low = TestJPEG.picture(width: 64, height: 32, noise: 0)
        let kinds = (0..<3).map { PictureKinds.kept[$0] }
        let footage = try await Footage(
            ([low] + kinds.map(\.picture)).enumerated().map { Shot(picture: $1, time: Footage.start + .seconds($0)) })
        let result = try await footage.export("lapse.mkv") { ($0.video.rateFactor, $0.video.looks.fit) = (4, .stretch) }
        #expect(result.frames == 4)
        let shown = try frames(of: footage.outputs("lapse.mkv"), 4)
        #expect(difference(shown[0], TestJPEG.picture(width: 64, height: 64, noise: 0).pixels) < 12)
        expectSame(Array(shown.dropFirst()), kinds, within: 4)
    }

    @Test(arguments: ["lapse.gif", "lapse.webp"])
    func `has its colours in an animation too, whatever its kind`(output: String) async throws {
        let kinds = [PictureKinds.kept[0], PictureKinds.kept[9], PictureKinds.odd[0], PictureKinds.kept[10]]
        let footage = try await footage(kinds)
        let result = try await footage.export(output) { $0.pace = .rate(try! FrameRate(framesPerSecond: 10)) }
        #expect(result.frames == 4)
        guard output.hasSuffix("gif") else { return }
        expectSame(try frames(of: footage.outputs(output), 4), kinds, within: 12)
    }
}
