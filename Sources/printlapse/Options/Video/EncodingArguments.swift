import ArgumentParser
import Export
import Vocabulary

/// How a video is encoded.
struct EncodingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "\(VideoCodec.allCases.map(\.rawValue).joined(separator: ", ")) (default: h264; vp9 for .webm).",
            valueName: "codec"), completion: .words(of: VideoCodec.self), transform: Word.videoCodec)
    var codec: VideoCodec?

    @Option(help: ArgumentHelp("One of ffmpeg's encoders, as h264_nvenc or hevc_vaapi.", valueName: "name"))
    var encoder: String?

    @Option(
        help: ArgumentHelp("Quality, lower is better and larger (default: 20 for H.264, 24 for H.265).", valueName: "n")
    )
    var crf: Int?

    @Option(
        help: ArgumentHelp("Quality of a .webp, 0 to 100, higher is better and larger (default: 75).", valueName: "n"))
    var quality: Int?

    @Option(help: ArgumentHelp("Make the file no larger than this, as 8MB.", valueName: "size"), transform: Word.size)
    var maxSize: ByteCount?

    @Flag(help: "Put the stored JPEGs into an .mkv or .avi as they are, bit for bit.")
    var lossless = false

    @Flag(help: "Make a JPEG of the last frame too, beside the video.")
    var poster = false

    func validate() throws {
        if let quality, !(0...100).contains(quality) { throw ValidationError("--quality is between 0 and 100.") }
        if let maxSize, maxSize < ByteCount(10_000) { throw ValidationError("--max-size is 10kB at least.") }
    }

    var given: Set<ExportOption> {
        .given([
            (.codec, codec != nil), (.encoder, encoder != nil), (.crf, crf != nil), (.quality, quality != nil),
            (.maxSize, maxSize != nil), (.lossless, lossless), (.poster, poster),
        ])
    }

    /// A preset's rate goes where any quality is given.
    func filled(from other: EncodingArguments) -> EncodingArguments {
        var filled = self
        filled.poster = poster || other.poster
        guard !lossless else { return filled }
        filled.maxSize = maxSize ?? other.maxSize
        if codec == nil, encoder == nil { filled.crf = crf ?? other.crf }
        return filled
    }

    var settings: VideoSettings {
        var settings = VideoSettings()
        (settings.codec, settings.encoder, settings.rateFactor) = (codec, encoder, crf)
        (settings.quality, settings.largest) = (quality, maxSize)
        (settings.isLossless, settings.hasPoster) = (lossless, poster)
        return settings
    }
}
