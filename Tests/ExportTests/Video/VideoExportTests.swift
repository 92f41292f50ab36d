import Archive
import Catalog
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `An export to a video` {
    @Test func `is H.264 that every player takes, with all frames in it`() async throws {
        let footage = try await Footage(count: 45)
        let result = try await footage.export("lapse.mp4")
        let video = try Probe(footage.outputs("lapse.mp4"))

        #expect(result.frames == 45)
        #expect(result.video?.duration == .seconds(5))
        #expect(footage.outputs.names == ["lapse.mp4"])
        #expect(try result.bytes.bytes == Int64(footage.outputs.data("lapse.mp4").count))
        #expect(video.stream["codec_name"] == "h264")
        #expect(video.stream["pix_fmt"] == "yuv420p")
        #expect(video.stream["r_frame_rate"] == "9/1")
        #expect(video.stream["nb_read_frames"] == "45")
        #expect(video.stream["color_range"] == "tv")
        #expect(video.stream["color_space"] == "smpte170m")
        #expect(video.format["TAG:title"] == "printer 2026-11-23T14:05:00.250Z")
        #expect(video.format["TAG:creation_time"]?.hasPrefix("2026-11-23T14:05:00") == true)
    }

    @Test(arguments: [1, 2]) func `can be of very few frames`(count: Int) async throws {
        let footage = try await Footage(count: count)
        let result = try await footage.export("lapse.mp4")
        #expect(result.frames == count)
        #expect(try Probe(footage.outputs("lapse.mp4")).stream["nb_read_frames"] == "\(count)")
    }

    @Test func `has the length that was wanted`() async throws {
        let footage = try await Footage(count: 50)
        let result = try await footage.export("lapse.mp4") { $0.pace = .duration(.milliseconds(500)) }
        let video = try Probe(footage.outputs("lapse.mp4"))
        #expect(result.frames == 30)
        #expect(video.stream["r_frame_rate"] == "60/1")
        #expect(video.stream["nb_read_frames"] == "30")
        #expect(video.stream["duration"] == "0.500000")
    }

    @Test func `takes pictures of any size, shape and coding in one stream`() async throws {
        let shots: [(TestEncoding, Int, Int)] = [
            (.baseline, 96, 64), (.baseline, 96, 64), (.progressive, 161, 91), (.grey, 96, 64), (.restarting, 40, 200),
            (TestEncoding(sampling: (1, 1)), 97, 65), (.separateScans, 320, 240), (.baseline, 96, 64),
            (TestEncoding(.rgb), 96, 64), (.baseline, 16, 16), (.baseline, 96, 64), (TestEncoding(.cmyk), 64, 64),
        ]
        let footage = try await Footage(
            shots.enumerated().map { number, shot in
                Shot(
                    picture: .picture(shot.0, width: shot.1, height: shot.2, seed: UInt64(number)),
                    time: Footage.start + .seconds(number))
            })
        let result = try await footage.export("lapse.mp4")
        let video = try Probe(footage.outputs("lapse.mp4"))
        #expect(result.frames == shots.count)
        #expect(result.isComplete)
        #expect(video.stream["nb_read_frames"] == "\(shots.count)")
        #expect(video.stream["width"] == "96")
        #expect(video.stream["height"] == "64")
        #expect(video.stream["sample_aspect_ratio"] == "1:1")
    }

    @Test func `shows a picture of another shape whole, between black bars`() async throws {
        var white = TestScene(width: 64, height: 64, noise: 0)
        white.light = 255
        let wide = TestJPEG.picture(width: 128, height: 64)
        let footage = try await Footage([
            Shot(picture: wide), Shot(picture: TestEncoding.baseline.encode(white), time: Footage.start + .seconds(1)),
            Shot(picture: .picture(width: 128, height: 64, seed: 2), time: Footage.start + .seconds(2)),
        ])
        _ = try await footage.export("lapse.mp4")
        let picture = try Pixels(footage.outputs("lapse.mp4"), frame: 1, width: 128, height: 64)
        for y in [2, 32, 61] {
            #expect(picture[4, y].isNear((0, 0, 0), by: 8))
            #expect(picture[123, y].isNear((0, 0, 0), by: 8))
            #expect(picture[64, y].isNear((255, 255, 255), by: 8))
        }
    }

    @Test func `leaves out what cannot be read, by name`() async throws {
        let footage = try await Footage(count: 3)
        try footage.damage(1)
        let result = try await footage.export("lapse.mp4")
        #expect(result.frames == 2)
        #expect(result.skipped.map(\.frame) == [footage.frames[1].id])
        // The one before it stays meanwhile, so that what comes after it is in its place.
        #expect(try Probe(footage.outputs("lapse.mp4")).stream["nb_read_frames"] == "3")
    }

    @Test func `runs backwards where the newest frame comes first`() async throws {
        let footage = try await Footage(
            [TestJPEG].lights([0, 255, 255]).enumerated().map { number, picture in
                Shot(picture: picture, time: Footage.start + .seconds(number))
            })
        _ = try await footage.export("lapse.mp4") { $0.frames.order = .newestFirst }
        let path = footage.outputs("lapse.mp4")
        #expect(try Pixels(path, frame: 0, width: 64, height: 64)[32, 32].isNear((255, 255, 255), by: 8))
        #expect(try !Pixels(path, frame: 2, width: 64, height: 64)[4, 4].isNear((255, 255, 255), by: 60))
    }

    @Test func `may be called anything`() async throws {
        let footage = try await Footage(count: 2)
        for name in ["-y.mp4", "a:b.mp4", "%d.mp4", "pipe:1.mp4", "a 'b' \"c\" $(d).mp4"] {
            _ = try await footage.export(name)
            #expect(FileManager.default.fileExists(atPath: footage.outputs(name)))
        }
        #expect(footage.outputs.names.count == 5)
    }
}

@Suite struct `The colours of a video` {
    @Test(arguments: [
        ("black", (0, 0, 0)), ("white", (255, 255, 255)), ("gray", (128, 128, 128)), ("red", (255, 0, 0)),
        ("lime", (0, 255, 0)), ("blue", (0, 0, 255)), ("yellow", (255, 255, 0)), ("0x205080", (32, 80, 128)),
    ])
    func `are those of the pictures`(name: String, colour: (Int, Int, Int)) async throws {
        let folder = try TemporaryFolder()
        let made = try Tool.run(
            "ffmpeg",
            [
                "-v", "error", "-f", "lavfi", "-i", "color=c=\(name):s=64x48", "-frames:v", "1", "-c:v", "mjpeg",
                "-pix_fmt", "yuvj444p", "-q:v", "1", folder("colour.jpg"),
            ])
        #expect(made.status == 0)
        let picture = TestJPEG([UInt8](try Data(contentsOf: URL(fileURLWithPath: folder("colour.jpg")))))
        let footage = try await Footage([Shot(picture: picture)])
        // Nothing but the middle grey is what a server makes of an upload of which nothing came.
        _ = try await footage.export("lapse.mp4") { $0.selection.takesSuspect = true }
        let pixels = try Pixels(footage.outputs("lapse.mp4"), frame: 0, width: 64, height: 48)
        #expect(pixels[32, 24].isNear(colour, by: 6), "\(pixels[32, 24])")
    }

    @Test(arguments: [(-255, 16), (255, 235)]) func `are stored in the narrow range`(light: Int, luma: Int) async throws
    {
        let footage = try await Footage([TestJPEG].lights([light]).map { Shot(picture: $0) })
        _ = try await footage.export("lapse.mp4")
        let raw = try Tool.run(
            "ffmpeg", ["-v", "error", "-i", footage.outputs("lapse.mp4"), "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"])
        #expect(raw.output.prefix(64 * 64).allSatisfy { abs(Int($0) - luma) <= 2 })
    }
}

extension [TestJPEG] {
    /// Pictures of 64 × 64 pixels that are darker or lighter by so much.
    static func lights(_ lights: [Int]) -> [TestJPEG] {
        lights.enumerated().map { number, light in
            var scene = TestScene(width: 64, height: 64, noise: 0, seed: UInt64(number))
            scene.light = light
            return TestEncoding(quality: 90 + number).encode(scene)
        }
    }
}
