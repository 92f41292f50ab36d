import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `The look of a video` {
    /// Two frames, black but for the upper left quarter, which is white.
    private func footage() async throws -> Footage {
        var scene = TestScene(width: 128, height: 64, noise: 0)
        scene.light = -255
        scene.patches = [TestScene.Patch(x: 0, y: 0, width: 64, height: 32, contrast: 512)]
        let pictures = [90, 91].map { TestEncoding(quality: $0).encode(scene) }
        return try await Footage(
            pictures.enumerated().map { Shot(picture: $1, time: Footage.start + .seconds($0)) })
    }

    private func pixels(
        _ width: Int, _ height: Int, _ change: (inout VideoSettings) throws -> Void
    ) async throws -> Pixels {
        let footage = try await footage()
        var settings = VideoSettings()
        try change(&settings)
        let wanted = settings
        let result = try await footage.export("lapse.mp4") { $0.video = wanted }
        #expect(result.video?.size == PixelSize(width: width, height: height))
        return try Pixels(footage.outputs("lapse.mp4"), frame: 0, width: width, height: height)
    }

    private let white = (255, 255, 255)
    private let black = (0, 0, 0)

    @Test func `stays as it is`() async throws {
        let picture = try await pixels(128, 64) { _ in }
        #expect(picture[16, 16].isNear(white, by: 8) && picture[112, 16].isNear(black, by: 8))
    }

    @Test func `is turned clockwise`() async throws {
        let picture = try await pixels(64, 128) { $0.looks.rotation = .one }
        #expect(picture[48, 16].isNear(white, by: 8) && picture[16, 16].isNear(black, by: 8))
    }

    @Test func `is mirrored after it was turned`() async throws {
        let picture = try await pixels(64, 128) { ($0.looks.rotation, $0.looks.mirroring) = (.one, .vertical) }
        #expect(picture[48, 112].isNear(white, by: 8) && picture[48, 16].isNear(black, by: 8))
    }

    @Test func `is a part of the pictures, larger than it was`() async throws {
        let picture = try await pixels(128, 128) {
            ($0.looks.crop, $0.looks.scale) = (try VideoCrop(parsing: "32x32+48+0"), try VideoScale(parsing: "128x128"))
        }
        #expect(picture[16, 64].isNear(white, by: 8) && picture[112, 64].isNear(black, by: 8))
    }

    /// Two pictures, and between them one of another shape that is white above and black below.
    private func mixedFootage() async throws -> Footage {
        var square = TestScene(width: 64, height: 64, noise: 0)
        square.light = -255
        square.patches = [TestScene.Patch(x: 0, y: 0, width: 64, height: 16, contrast: 512)]
        return try await Footage([
            Shot(picture: .picture(width: 128, height: 64)),
            Shot(picture: TestEncoding.baseline.encode(square), time: Footage.start + .seconds(1)),
            Shot(picture: .picture(width: 128, height: 64, seed: 2), time: Footage.start + .seconds(2)),
        ])
    }

    @Test(arguments: [(VideoFit.crop, false), (.stretch, true)])
    func `has no bars beside a picture of another shape where it is to fill the frame`(
        fit: VideoFit, isAllShown: Bool
    ) async throws {
        let footage = try await mixedFootage()
        let result = try await footage.export("lapse.mp4") { $0.video.looks.fit = fit }
        #expect(result.frames == 3)
        let picture = try Pixels(footage.outputs("lapse.mp4"), frame: 1, width: 128, height: 64)
        for x in [4, 64, 123] {
            // Cut to the middle, what is white above is gone.
            #expect(picture[x, 5].isNear(isAllShown ? white : black, by: 12))
            #expect(picture[x, 40].isNear(black, by: 12))
        }
    }

    @Test func `bears a picture for a watermark in its corner`() async throws {
        let footage = try await footage()
        let mark = footage.folder("mark.png")
        let made = try Tool.run(
            "ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "color=c=red:s=16x8", "-frames:v", "1", mark])
        #expect(made.status == 0)
        _ = try await footage.export("lapse.mp4") { $0.video.labels.watermark = .picture(mark) }
        let picture = try Pixels(footage.outputs("lapse.mp4"), frame: 1, width: 128, height: 64)
        // 16 × 8 pixels, 4 from the edges.
        #expect(picture[115, 8].isNear((255, 0, 0), by: 40), "\(picture[115, 8])")
        #expect(picture[80, 8].isNear(black, by: 12))
        #expect(picture[115, 40].isNear(black, by: 12))
        #expect(picture[16, 16].isNear(white, by: 12))
    }

    @Test func `bears a title, a bar and a clock, and is black elsewhere`() async throws {
        let footage = try await footage()
        _ = try await footage.export("lapse.mp4") {
            $0.video.looks.scale = .size(PixelSize(width: 640, height: 320))
            $0.video.labels.title = "{\\an5}Title"
            ($0.video.labels.hasClock, $0.video.labels.hasProgress) = (true, true)
        }
        let picture = try Pixels(footage.outputs("lapse.mp4"), frame: 1, width: 640, height: 320)
        func isWritten(_ columns: Range<Int>, _ rows: Range<Int>) -> Bool {
            rows.contains { y in columns.contains { picture[$0, y].red > 160 } }
        }
        #expect(isWritten(0..<240, 280..<312))  // the clock
        #expect(isWritten(560..<640, 280..<312))  // 100 %
        #expect(!isWritten(330..<550, 40..<310))
        #expect(picture[320, 319].isNear((0xFF, 0x8A, 0x1E), by: 40))
    }

    @Test(arguments: [48, 900])
    func `flickers less where its light is levelled, and a lamp that is switched on stays on`(count: Int) async throws {
        let half = count / 2
        let lamps = (0..<count).map { (number: Int) -> Int in
            let base = number < half ? -60 : 20
            return number % 2 == 0 ? base + 8 : base - 8
        }
        let footage = try await Footage(
            [TestJPEG].lights(lamps).enumerated().map { Shot(picture: $1, time: Footage.start + .seconds($0)) })
        _ = try await footage.export("plain.mp4")
        _ = try await footage.export("level.mp4") { $0.video.looks.isLevelled = true }
        func lights(of name: String) throws -> [Double] {
            let raw = try Tool.run(
                "ffmpeg", ["-v", "error", "-i", footage.outputs(name), "-f", "rawvideo", "-pix_fmt", "gray", "-"])
            let pixels = [UInt8](raw.output)
            return stride(from: 0, to: pixels.count, by: 4096).map { start in
                Double(pixels[start..<start + 4096].reduce(0) { $0 + Int($1) }) / 4096
            }
        }
        // Within each half; between them the lamp is switched on.
        func flicker(_ row: [Double]) -> Double {
            var sum = 0.0
            for place in 1..<row.count where place != half { sum += abs(row[place] - row[place - 1]) }
            return sum / Double(row.count - 2)
        }
        let (plain, level) = (try lights(of: "plain.mp4"), try lights(of: "level.mp4"))
        try #require(plain.count == count && level.count == count)
        #expect(flicker(level) < flicker(plain) / 5, "\(flicker(level)) of \(flicker(plain))")
        #expect(level[half + 6] - level[half - 7] > 50)
    }
}
