import Archive
import Foundation
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `The coding of a video` {
    @Test(arguments: [
        ("lapse.mp4", VideoCodec.h265, "hevc"), ("lapse.mp4", .av1, "av1"), ("lapse.mkv", .vp9, "vp9"),
        ("lapse.mkv", nil, "h264"), ("lapse.webm", nil, "vp9"), ("lapse.gif", nil, "gif"),
    ])
    func `is what the ending and the codec say`(output: String, codec: VideoCodec?, name: String) async throws {
        let footage = try await Footage(count: 6)
        let result = try await footage.export(output) {
            ($0.pace, $0.video.codec) = (.rate(FrameRate(10, per: 1)), codec)
        }
        let video = try Probe(footage.outputs(output))
        #expect(result.frames == 6)
        #expect(video.stream["codec_name"] == name)
        #expect(video.stream["nb_read_frames"] == "6")
        if name != "gif" {
            #expect(video.stream["pix_fmt"] == "yuv420p")
            #expect(video.stream["color_range"] == "tv")
        }
    }

    @Test func `of an animated WebP has every frame`() async throws {
        let footage = try await Footage(count: 6)
        _ = try await footage.export("lapse.webp") { $0.pace = .rate(FrameRate(10, per: 1)) }
        let data = try footage.outputs.data("lapse.webp")
        // Each frame is a chunk of its own (WebP container specification, “Animation”).
        var (place, frames) = (data.startIndex, 0)
        while let found = data.range(of: Data("ANMF".utf8), in: place..<data.endIndex) {
            (place, frames) = (found.upperBound, frames + 1)
        }
        #expect(frames == 6)
    }

    @Test(arguments: ["lapse.mkv", "lapse.avi"])
    func `without loss keeps every JPEG byte for byte`(output: String) async throws {
        let footage = try await Footage(count: 7)
        let result = try await footage.export(output) { $0.video.isLossless = true }
        #expect(result.frames == 7)
        let hashes = try Tool.run(
            "ffmpeg", ["-v", "error", "-i", footage.outputs(output), "-c", "copy", "-f", "framehash", "-"])
        let sums = hashes.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .compactMap { $0.split(separator: ",").last.map { $0.trimmingCharacters(in: .whitespaces) } }
        #expect(sums == footage.frames.map { "\($0.sha256)" })
    }

    @Test func `without loss is whole, says what it shows, and lets players jump`() async throws {
        let footage = try await Footage(count: 75)
        let result = try await footage.export("lapse.mkv") {
            ($0.video.isLossless, $0.timing.holdLast, $0.pace) = (true, .seconds(1), .rate(.standard))
        }
        let path = footage.outputs("lapse.mkv")
        #expect(try VideoFileCheck(OpenFile(open(path, O_RDONLY), call: "open", path: path), .mkv).isWhole)
        #expect(result.bytes == ByteCount(try footage.outputs.data("lapse.mkv").count))
        let video = try Probe(path)
        #expect(video.stream["nb_read_frames"] == "75")
        #expect(video.stream["r_frame_rate"] == "30/1")
        #expect(video.stream["color_range"] == "pc")
        let duration = try #require(video.format["duration"].flatMap(Double.init))
        #expect((3.46...3.48).contains(duration))
        #expect(video.format["TAG:title"] == "printer 2026-11-23T14:05:00.250Z")
        #expect(video.format["TAG:creation_time"]?.hasPrefix("2026-11-23T14:05:00") == true)
        #expect(video.format["TAG:FRAMES"] == "75")
        let jump = try Tool.run(
            "ffmpeg", ["-v", "error", "-ss", "2", "-i", path, "-c", "copy", "-frames:v", "1", "-f", "framehash", "-"])
        #expect(jump.text.contains("\(footage.frames[60].sha256)"))
    }

    @Test func `without loss leaves a damaged picture's time to the one before, and begins with the first whole one`()
        async throws
    {
        let footage = try await Footage(count: 6)
        for number in [0, 3] { try footage.damage(number) }
        let result = try await footage.export("lapse.mkv") {
            ($0.video.isLossless, $0.pace) = (true, .rate(.standard))
        }
        #expect(result.frames == 4)
        #expect(result.skipped.map(\.frame) == [0, 3].map { footage.frames[$0].id })
        let packets = try Tool.run(
            "ffprobe",
            [
                "-v", "error", "-show_entries", "packet=pts_time,duration_time", "-of", "csv=p=0",
                footage.outputs("lapse.mkv"),
            ])
        let times = packets.text.split(separator: "\n").map { line in
            line.split(separator: ",").compactMap { Double($0) }.map { ($0 * 30).rounded() }
        }
        #expect(times == [[0, 1], [1, 2], [3, 1], [4, 1]])
    }

    @Test(arguments: ["h264_none", "libvpx-vp9", "mpeg4"])
    func `is refused for an encoder that does not fit`(encoder: String) async throws {
        let footage = try await Footage(count: 1)
        let error = await #expect(throws: ExportError.self) {
            try await footage.export("lapse.mp4") { $0.video.encoder = encoder }
        }
        #expect(error?.label == "unusable_video")
        #expect(error?.hint.contains("libx264") == true)
        #expect(footage.outputs.names.isEmpty)
    }

    @Test func `keeps a file within the size that was wanted, or there is none`() async throws {
        let footage = try await Footage(count: 40, width: 320, height: 240)
        let most = ByteCount(16_000)
        let free = try await footage.export("free.mp4")
        #expect(free.bytes > most)
        #expect(try await footage.export("small.mp4") { $0.video.largest = most }.bytes <= most)
        let error = await #expect(throws: ExportError.self) {
            try await footage.export("tiny.mp4") { $0.video.largest = ByteCount(3000) }
        }
        #expect(error?.label == "too_large")
        #expect(footage.outputs.names == ["free.mp4", "small.mp4"])
    }

    @Test func `of several outputs reads the frames once, and makes one poster for all`() async throws {
        let footage = try await Footage(count: 10)
        let request = footage.request("lapse.mp4") { $0.video.hasPoster = true }
        let reports = Recorder<ExportProgress>()
        let results = try await Exporter(catalog: footage.catalog)
            .export(request, to: ["lapse.mp4", "lapse.webm"].map { footage.outputs($0) }) { reports.append($0) }
        #expect(results.map(\.frames) == [10, 10])
        #expect(footage.outputs.names == ["lapse.jpg", "lapse.mp4", "lapse.webm"])
        #expect(reports.values.map(\.framesDone) == reports.values.map(\.framesDone).sorted())
        #expect(try Probe(footage.outputs("lapse.webm")).stream["nb_read_frames"] == "10")
        #expect(try Probe(footage.outputs("lapse.jpg")).stream["codec_name"] == "mjpeg")
    }

    @Test(arguments: ["lapse.mp4", "lapse.mkv", "lapse.webm"])
    func `has the chapters of its timeline`(output: String) async throws {
        let seconds = Array(0..<10) + [300] + Array(301..<310)
        let footage = try await Footage(
            seconds.map { second in
                Shot(picture: .picture(seed: UInt64(second)), time: Footage.start + .seconds(second))
            })
        let archive = try await FrameArchive.open(at: footage.folder("archive.sqlite"))
        for second in 10..<300 {
            let slot = Slot(due: Footage.start + .seconds(second), interval: .seconds(1))
            try await archive.record(
                .offline, detail: SlotReason(label: "no_agent"), for: slot, camera: footage.frames[0].camera,
                received: .zero, seen: nil)
        }
        try await archive.close()
        _ = try await footage.export(output) {
            $0.pace = .realTime(10)
            $0.timing.squeeze = .seconds(5)
        }
        let answer = try Tool.run(
            "ffprobe",
            [
                "-v", "error", "-show_chapters", "-show_entries", "chapter=start_time:chapter_tags=title", "-of",
                "csv=p=0", footage.outputs(output),
            ])
        #expect(
            answer.text.split(separator: "\n") == [
                "0.000000,Recording", "1.000000,Offline for 4m 50s: no agent", "1.500000,Recording",
            ])
    }

    @Test func `leaves a damaged frame out by name, and its time to the one before`() async throws {
        let footage = try await Footage(count: 5)
        try footage.damage(2)
        let result = try await footage.export("lapse.mp4")
        #expect(result.skipped.map(\.frame) == [footage.frames[2].id])
        #expect(!result.isComplete)
        #expect(result.frames == 4)
        #expect(try Probe(footage.outputs("lapse.mp4")).stream["nb_read_frames"] == "5")
    }
}
