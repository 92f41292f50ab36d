/// Encoders that take the same options (`ffmpeg -h encoder=NAME`).
enum EncoderFamily: Hashable, Sendable {
    case x264, x265, svtAV1, aom, vpx, nvenc, quickSync, vaapi, videoToolbox, amf
    /// One that is known by its name alone.
    case other

    init(_ name: String) {
        self =
            switch name {
            case "libx264": .x264
            case "libx265": .x265
            case "libsvtav1": .svtAV1
            case "libaom-av1": .aom
            case "libvpx-vp9": .vpx
            case _ where name.hasSuffix("_nvenc"): .nvenc
            case _ where name.hasSuffix("_qsv"): .quickSync
            case _ where name.hasSuffix("_vaapi"): .vaapi
            case _ where name.hasSuffix("_videotoolbox"): .videoToolbox
            case _ where name.hasSuffix("_amf"): .amf
            default: .other
            }
    }

    /// What ``quality(_:bitRate:)`` takes.
    func qualities(_ codec: VideoCodec) -> ClosedRange<Int> {
        switch self {
        case .videoToolbox: 1...100
        case .svtAV1, .aom, .vpx: 0...63
        default: codec == .h264 || codec == .h265 ? 0...51 : 0...63
        }
    }

    /// At which little is seen of the loss.
    func usualQuality(_ codec: VideoCodec) -> Int {
        switch (self, codec) {
        case (.videoToolbox, _): 65
        case (_, .h264): 20
        case (_, .h265): 24
        case (.svtAV1, _): 32
        case (_, .av1): 30
        case (_, .vp9): 31
        }
    }

    /// How much time it takes for how good a result.
    var speed: [String] {
        switch self {
        case .x264, .x265: ["-preset", "medium"]
        case .svtAV1: ["-preset", "8"]
        case .aom: ["-cpu-used", "6", "-row-mt", "1"]
        case .vpx: ["-deadline", "good", "-cpu-used", "3", "-row-mt", "1"]
        case .nvenc: ["-preset", "p5", "-rc", "vbr"]
        case .quickSync, .vaapi, .videoToolbox, .amf, .other: []
        }
    }

    /// The same quality throughout.
    func quality(_ quality: Int, bitRate: Int) -> [String] {
        let quality = String(quality)
        return switch self {
        case .x264, .x265, .svtAV1: ["-crf", quality]
        case .aom, .vpx: ["-crf", quality, "-b:v", "0"]
        case .nvenc: ["-cq", quality, "-b:v", "0"]
        case .quickSync: ["-global_quality", quality]
        case .vaapi: ["-rc_mode", "CQP", "-qp", quality]
        case .videoToolbox: ["-q:v", quality]
        case .amf: ["-rc", "cqp", "-qp_i", quality, "-qp_p", quality]
        case .other: ["-b:v", String(bitRate)]
        }
    }

    /// A rate that is not exceeded.
    func rate(_ limit: RateLimit, quality: Int) -> [String] {
        let rate = String(limit.rate)
        let cap = ["-maxrate", rate, "-bufsize", rate]
        switch self {
        case .x264, .x265: return (limit.isAverage ? ["-b:v", rate] : ["-crf", String(quality)]) + cap
        case .aom, .vpx: return (limit.isAverage ? [] : ["-crf", String(quality)]) + ["-b:v", rate]
        case .svtAV1: return ["-b:v", rate]
        default: return ["-b:v", rate] + cap
        }
    }

    func extras(threads: Int?, isVariable: Bool) -> [String] {
        switch self {
        // B frames are stored in another order than they are shown in, and of unequal lengths ffmpeg then writes a wrong
        // total into MP4.
        case .x264: return isVariable ? ["-bf", "0"] : []
        case .x265:
            let parameters =
                ["log-level=error"] + (isVariable ? ["bframes=0"] : []) + (threads.map { ["pools=\($0)"] } ?? [])
            return ["-x265-params", parameters.joined(separator: ":")]
        case .svtAV1: return threads.map { ["-svtav1-params", "lp=\($0)"] } ?? []
        default: return []
        }
    }

    /// The pixels that it takes; 4:2:0 everywhere.
    var pixelFormat: String {
        switch self {
        case .quickSync, .vaapi: "nv12"
        default: "yuv420p"
        }
    }

    /// What stands before the input, and at the end of the filters.
    var device: [String] { self == .vaapi ? ["-vaapi_device", "/dev/dri/renderD128"] : [] }
    var upload: [String] { self == .vaapi ? ["hwupload"] : [] }
}
