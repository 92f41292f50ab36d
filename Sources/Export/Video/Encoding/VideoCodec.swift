/// How a video's pictures are coded.
package enum VideoCodec: String, CaseIterable, Hashable, Sendable {
    case h264
    case h265
    case av1
    case vp9

    /// As people write it.
    var name: String {
        switch self {
        case .h264: "H.264"
        case .h265: "H.265"
        case .av1: "AV1"
        case .vp9: "VP9"
        }
    }

    /// As ffmpeg calls it.
    var ffmpegName: String { self == .h265 ? "hevc" : rawValue }

    /// Encoders that serve, the best first.
    var encoders: [String] { software + hardware }

    /// Encoders that run everywhere.
    var software: [String] {
        switch self {
        case .h264: ["libx264", "libopenh264"]
        case .h265: ["libx265"]
        case .av1: ["libsvtav1", "libaom-av1"]
        case .vp9: ["libvpx-vp9"]
        }
    }

    /// Encoders that need a graphics card or the like. They serve where H.264 has no other.
    var hardware: [String] {
        guard self == .h264 else { return [] }
        return ["h264_nvenc", "h264_qsv", "h264_vaapi", "h264_videotoolbox", "h264_amf", "h264_v4l2m2m"]
    }
}

extension ExportFormat {
    /// The codecs that its players take, the usual one first; none where there is no choice.
    var codecs: [VideoCodec] {
        switch self {
        case .mp4: [.h264, .h265, .av1]
        case .mkv: [.h264, .h265, .av1, .vp9]
        case .webm: [.vp9, .av1]
        case .avi, .gif, .webp, .folder, .zip, .tar, .sheet: []
        }
    }

    /// Whether it can hold JPEGs as they are.
    var takesJPEGs: Bool {
        switch self {
        case .mkv, .avi: true
        case .mp4, .webm, .gif, .webp, .folder, .zip, .tar, .sheet: false
        }
    }

    /// Whether it is a picture that moves, shown without a player.
    var isAnimation: Bool {
        switch self {
        case .gif, .webp: true
        case .mp4, .mkv, .webm, .avi, .folder, .zip, .tar, .sheet: false
        }
    }

    /// Frames a second where nothing says how many: animations grow with every frame.
    var usualRate: Int { isAnimation ? 15 : 30 }

    /// What ffmpeg calls the container; only what is a video has one.
    var muxer: String {
        switch self {
        case .mkv: "matroska"
        case .mp4, .webm, .avi, .gif, .webp, .folder, .zip, .tar, .sheet: rawValue
        }
    }

    /// What a codec is called in it, where that is not as ffmpeg does it by itself.
    func tag(of codec: VideoCodec) -> String? {
        switch self {
        case .mp4: codec == .h265 ? "hvc1" : nil
        case .mkv, .webm, .avi, .gif, .webp, .folder, .zip, .tar, .sheet: nil
        }
    }

    /// Whether tags with names of our own find a place in it, beside those that all containers know.
    var takesAnyTag: Bool {
        switch self {
        case .mkv, .webm: true
        case .mp4, .avi, .gif, .webp, .folder, .zip, .tar, .sheet: false
        }
    }
}
