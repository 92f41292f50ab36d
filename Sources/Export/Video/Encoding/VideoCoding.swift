internal import Vocabulary

/// What becomes of the pictures of one output.
enum VideoCoding: Hashable, Sendable {
    /// The JPEGs stay as they are.
    case copy
    /// By one of ffmpeg's encoders.
    case encoder(VideoEncoder)
    case gif
    case webp

    /// - Parameter encoders: those that ffmpeg has.
    /// - Throws: ``ExportError/unusableVideo(_:hint:)`` where settings and format do not fit together, and
    ///   ``ExportError/ffmpegLacksEncoder(_:)``
    init(_ format: ExportFormat, _ settings: VideoSettings, encoders: EncoderList) throws(ExportError) {
        try Self.check(settings, for: format)
        if settings.isLossless {
            self = .copy
        } else if format == .gif {
            try encoders.require("gif")
            self = .gif
        } else if format == .webp {
            try encoders.require("libwebp_anim")
            self = .webp
        } else {
            self = .encoder(try VideoEncoder(format, settings, encoders))
        }
    }

    /// Checks what can be checked without ffmpeg.
    static func check(_ settings: VideoSettings, for format: ExportFormat) throws(ExportError) {
        func refuse(_ isGiven: Bool, _ reason: String, _ hint: String) throws(ExportError) {
            if isGiven { throw .unusableVideo(reason, hint: hint) }
        }
        if settings.isLossless {
            try refuse(
                !format.takesJPEGs, "\(format.phrase) cannot hold the stored JPEGs",
                "Use “lossless” with .mkv or .avi, or leave it out.")
            try refuse(
                settings.codec != nil || settings.encoder != nil || settings.rateFactor != nil
                    || settings.quality != nil || settings.largest != nil,
                "“lossless” encodes nothing, so there is nothing to choose",
                "Leave out “codec”, “encoder”, “crf”, “quality” and “max-size”, or “lossless”.")
            try refuse(
                settings.looks != VideoLooks() || settings.labels.needFont || settings.labels.watermark != nil,
                "“lossless” keeps every picture as it is, and what changes pictures cannot be had with it",
                "Leave out what changes them, or “lossless”.")
            return
        }
        try refuse(
            format == .avi, "AVI is written with the stored JPEGs alone", "Add “lossless”, or use .mp4 or .mkv.")
        try refuse(
            format != .webp && settings.quality != nil, "“quality” is for .webp",
            "Use “crf” for .mp4, .mkv and .webm.")
        try refuse(
            format.codecs.isEmpty && (settings.rateFactor != nil || settings.encoder != nil || settings.codec != nil),
            "\(format.phrase) has one way of coding", "Leave out “codec”, “encoder” and “crf”.")
        if let codec = settings.codec {
            try refuse(
                !format.codecs.contains(codec), "players of \(format.ending) do not take \(codec.name)",
                "There is: \(format.codecs.map(\.rawValue).joined(separator: ", ")).")
        }
    }
}
