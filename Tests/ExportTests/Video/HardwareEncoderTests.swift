import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

/// Nobody has all the hardware: what its encoders are told is held against what they take.
@Suite struct `An encoder in hardware` {
    private func encoder(_ name: String, _ codec: VideoCodec = .h264) throws -> VideoEncoder {
        var settings = VideoSettings()
        (settings.encoder, settings.codec) = (name, codec)
        return try VideoEncoder(
            .mp4, settings, EncoderList(parsing: " V....D \(name)   an encoder (codec \(codec.ffmpegName))"))
    }

    private func arguments(_ name: String, limit: RateLimit? = nil, codec: VideoCodec = .h264) throws -> String {
        try encoder(name, codec).arguments(
            limit: limit, keyFrames: 60, threads: 2, isVariable: true, bitRate: 4_000_000
        ).joined(separator: " ")
    }

    @Test(arguments: [
        ("h264_nvenc", "h264_nvenc -preset p5 -rc vbr -g 60 -cq 20 -b:v 0 -threads 2"),
        ("h264_qsv", "h264_qsv -g 60 -global_quality 20 -threads 2"),
        ("h264_vaapi", "h264_vaapi -g 60 -rc_mode CQP -qp 20 -threads 2"),
        ("h264_videotoolbox", "h264_videotoolbox -g 60 -q:v 65 -threads 2"),
        ("h264_amf", "h264_amf -g 60 -rc cqp -qp_i 20 -qp_p 20 -threads 2"),
        ("h264_v4l2m2m", "h264_v4l2m2m -g 60 -b:v 4000000 -threads 2"),
        ("h264_omx", "h264_omx -g 60 -b:v 4000000 -threads 2"),
    ])
    func `is told its quality in its own words`(name: String, expected: String) throws {
        #expect(try arguments(name) == expected)
    }

    @Test(arguments: ["h264_nvenc", "h264_qsv", "h264_vaapi", "h264_videotoolbox", "h264_amf", "h264_v4l2m2m"])
    func `is told a rate that it may not exceed where a file may not be larger`(name: String) throws {
        let limit = RateLimit(for: ByteCount(10 << 20), lasting: 60_000_000)
        let told = try arguments(name, limit: limit)
        #expect(told.contains(" -b:v \(limit.rate) -maxrate \(limit.rate) -bufsize \(limit.rate)"))
        #expect(!told.contains("-cq") && !told.contains("-qp") && !told.contains("-global_quality"))
    }

    @Test func `is given frames in its device's memory and pixels where it wants them`() throws {
        let vaapi = try encoder("hevc_vaapi", .h265).family
        #expect(vaapi.device == ["-vaapi_device", "/dev/dri/renderD128"])
        #expect((vaapi.pixelFormat, vaapi.upload) == ("nv12", ["hwupload"]))
        let nvenc = try encoder("h264_nvenc").family
        #expect(nvenc.device.isEmpty && nvenc.upload.isEmpty && nvenc.pixelFormat == "yuv420p")
    }

    /// An ffmpeg lists the options of the encoders that it was built with, whether there is hardware for them or not.
    @Test(arguments: [
        ("h264_nvenc", VideoCodec.h264), ("hevc_nvenc", .h265), ("h264_qsv", .h264), ("h264_vaapi", .h264),
        ("hevc_vaapi", .h265), ("h264_amf", .h264), ("h264_v4l2m2m", .h264), ("libx264", .h264), ("libx265", .h265),
    ])
    func `knows the options that it is told`(name: String, codec: VideoCodec) throws {
        let help = try Tool.run("ffmpeg", ["-hide_banner", "-h", "encoder=\(name)"]).text
        guard help.contains("Encoder \(name)") else { return }
        // Those of every encoder, which ffmpeg lists elsewhere.
        let common: Set = ["-g", "-b:v", "-threads", "-q:v", "-maxrate", "-bufsize", "-global_quality", "-bf"]
        let told = try arguments(name, codec: codec).split(separator: " ").map(String.init)
        for option in told where option.hasPrefix("-") && !common.contains(option) {
            #expect(help.contains(" \(option) "), "\(name) \(option)")
        }
    }
}
