internal import Vocabulary

/// What ffmpeg is told: pictures with their times come on its standard input, and videos go to files.
struct VideoArguments: Sendable {
    /// One file that comes out.
    struct Output: Sendable {
        let format: ExportFormat
        let coding: VideoCoding
        var limit: RateLimit?
        let quality: Int?
        /// The file, which exists already and is overwritten.
        let path: String
        /// A picture of the colours that a GIF may have.
        var palette: String?
        /// A smaller size than the frames', for an animation.
        var shrunk: PixelSize?
        /// Whether the file is to be no video, but a list of what it would consist of.
        var isTrial = false
        /// Where key frames must stand beside the usual ones, in microseconds.
        var keysAt: [Int64] = []
    }

    let chain: FilterChain?
    let rate: FrameRate
    let isVariable: Bool
    let details: VideoDetails
    /// `-fps_mode`, or what it was called before.
    let timingOption: String
    let threads: Int?

    static let common = [
        "-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-progress", "pipe:1", "-stats_period", "0.2",
    ]

    /// How its input is to be read.
    private var input: [String] {
        // Pictures stay as the stored bytes are, whatever an Exif orientation among them says: a change amid a video
        // would turn it.
        (threads.map { ["-threads", "\($0)"] } ?? []) + ["-f", "matroska", "-noautorotate"]
            + (chain?.takesAnySize == true ? ["-reinit_filter", "0"] : [])
            + ["-i", "pipe:0"]
    }

    func list(for outputs: [Output]) -> [String] {
        let device = outputs.compactMap(\.encoder).first?.family.device ?? []
        guard let chain else {
            return Self.common + input + outputs.flatMap { ["-map", "0:v"] + encoding($0) + file($0) }
        }
        let split = outputs.count > 1 ? ["split=\(outputs.count)" + outputs.indices.map { "[s\($0)]" }.joined()] : []
        let ends = outputs.enumerated().map { place, output in
            (outputs.count > 1 ? "[s\(place)]" : "") + ending(output) + "[v\(place)]"
        }
        let graph =
            outputs.count > 1
            ? ([chain.graph + "," + split[0]] + ends).joined(separator: ";") : chain.graph + "," + ends.joined()
        return Self.common + (threads.map { ["-filter_complex_threads", "\($0)"] } ?? []) + device + input
            + ["-filter_complex", graph]
            + outputs.enumerated().flatMap { place, output in ["-map", "[v\(place)]"] + encoding(output) + file(output)
            }
    }

    /// A pass over all pictures that ends in a picture of the colours that show them best.
    func palette(to path: String) -> [String] {
        let graph = (chain?.graph ?? "[0:v]null") + "," + Self.rgb + ",palettegen=stats_mode=diff[v0]"
        return Self.common + input
            + ["-filter_complex", graph, "-map", "[v0]", "-c:v", "png", "-f", "image2pipe", "file:\(path)"]
    }

    /// One picture as a JPEG.
    func poster(to path: String) -> [String] {
        let full = "scale=in_range=tv:out_range=full:in_color_matrix=bt601:out_color_matrix=bt601,format=yuvj420p[v0]"
        return Self.common + input
            + [
                "-filter_complex", (chain?.graph ?? "[0:v]null") + "," + full, "-map", "[v0]", "-frames:v", "1",
                "-c:v", "mjpeg", "-q:v", "2", "-f", "image2pipe", "file:\(path)",
            ]
    }

    private static let rgb = "scale=in_range=tv:in_color_matrix=bt601:flags=accurate_rnd+full_chroma_int,format=bgra"

    /// The filters that an output has for itself.
    private func ending(_ output: Output) -> String {
        switch output.coding {
        case .copy: "null"
        case .webp: shrinking(output) + "format=yuv420p"
        case .gif:
            shrinking(output) + Self.rgb + "[pictures];movie=\(output.palette ?? "")[palette];"
                + "[pictures][palette]paletteuse=dither=sierra2_4a:diff_mode=rectangle"
        case .encoder(let encoder):
            (["format=\(encoder.family.pixelFormat)"] + encoder.family.upload).joined(separator: ",")
        }
    }

    private func shrinking(_ output: Output) -> String {
        output.shrunk.map { "scale=w=\($0.width):h=\($0.height):flags=lanczos," } ?? ""
    }

    private func encoding(_ output: Output) -> [String] {
        switch output.coding {
        case .copy: return ["-an", "-c:v", "copy"] + (output.format == .avi ? ["-r", rate.fraction] : [])
        case .gif: return timing + ["-an", "-c:v", "gif"]
        case .webp:
            return timing + ["-an", "-c:v", "libwebp_anim", "-lossless", "0", "-quality", "\(output.quality ?? 75)"]
        case .encoder(let encoder):
            let tag = output.format.tag(of: encoder.codec).map { ["-tag:v", $0] } ?? []
            let pixels = Double(chain?.size.area ?? 0)
            return timing + ["-an", "-c:v"]
                + encoder.arguments(
                    limit: output.limit, keyFrames: Self.keyFrames(at: rate), threads: threads, isVariable: isVariable,
                    bitRate: max(200_000, Int(pixels * rate.framesPerSecond * 0.15)))
                + tag + Self.colours
        }
    }

    /// A key frame every two seconds, so that scrubbing through a timelapse feels direct.
    static func keyFrames(at rate: FrameRate) -> Int { max(1, Int((rate.framesPerSecond * 2).rounded())) }

    /// The narrow range and the matrix of BT.601, in which the frames are.
    private static let colours = [
        "-color_range", "tv", "-colorspace", "smpte170m", "-color_primaries", "bt709", "-color_trc", "iec61966-2-1",
    ]

    private var timing: [String] {
        isVariable
            ? [timingOption, "vfr", "-enc_time_base", "1:90000"] : [timingOption, "cfr", "-r", rate.fraction]
    }

    private func file(_ output: Output) -> [String] {
        guard !output.isTrial else {
            // The first frame at this time or later becomes one; a millisecond is less than any frame lasts.
            let keys = output.keysAt.map { "\(max(0, Double($0) / 1_000_000 - 0.001))" }.joined(separator: ",")
            return (keys.isEmpty ? [] : ["-force_key_frames", keys]) + ["-f", "framecrc", "file:\(output.path)"]
        }
        let tags = details.tags(for: output.format).flatMap { ["-metadata", "\($0.key)=\($0.value)"] }
        let options: [String] =
            switch output.format {
            case .mp4: ["-movflags", "+faststart"] + (isVariable ? ["-video_track_timescale", "90000"] : [])
            case .gif, .webp: ["-loop", "0"]
            case .mkv, .webm, .avi, .folder, .zip, .tar, .sheet: []
            }
        // A leading hyphen or a colon in the path must not read as an option or a protocol.
        return tags + options + ["-f", output.format.muxer, "file:\(output.path)"]
    }
}

extension VideoArguments.Output {
    fileprivate var encoder: VideoEncoder? { if case .encoder(let encoder) = coding { encoder } else { nil } }
}
