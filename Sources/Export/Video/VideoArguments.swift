internal import Vocabulary

/// What ffmpeg is told: JPEGs come on its standard input, and an H.264 video goes to a file.
struct VideoArguments: Hashable, Sendable {
    let plan: VideoPlan
    /// Shown by players: the camera and the first frame's time.
    let title: String
    let creationTime: Timestamp
    /// The file, which exists already and is overwritten.
    let path: String

    var list: [String] {
        let reading = [
            "-f", "image2pipe", "-framerate", plan.rate.fraction, "-c:v", "mjpeg",
            // As the stored bytes are, whatever an EXIF orientation among them says: a change amid a video would turn
            // it.
            "-noautorotate", "-i", "pipe:0",
        ]
        let encoding = [
            "-an", "-c:v", "libx264", "-preset", "medium", "-crf", "20",
            // A key frame every two seconds, so that scrubbing through a timelapse feels direct.
            "-g", String(max(1, Int((plan.rate.framesPerSecond * 2).rounded()))),
            "-pix_fmt", "yuv420p", "-color_range", "tv", "-colorspace", "smpte170m", "-color_primaries", "bt709",
            "-color_trc", "iec61966-2-1",
        ]
        let file = [
            "-movflags", "+faststart", "-metadata", "title=\(title)", "-metadata", "creation_time=\(creationTime)",
            // A leading hyphen or a colon in the path must not read as an option or a protocol.
            "-f", "mp4", "file:\(path)",
        ]
        return ["-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-progress", "pipe:1", "-stats_period", "0.2"]
            + reading + ["-vf", filters] + encoding + file
    }

    /// Every picture is brought to the plan's size and from JPEG's full range to video's.
    ///
    /// JFIF pictures are sRGB in full-range YCbCr of BT.601. Players expect the narrow range; unconverted, blacks
    /// come out grey or crushed. The matrix stays BT.601 and is tagged so (`smpte170m`), which every current player
    /// honours and costs no second rounding. Named explicitly, none of this depends on what ffmpeg guesses, which
    /// differs between versions.
    private var filters: String {
        let (width, height) = (plan.size.width, plan.size.height)
        return [
            #"crop=w=max(2\,trunc(iw/2)*2):h=max(2\,trunc(ih/2)*2):x=0:y=0"#,
            "scale=w=\(width):h=\(height):force_original_aspect_ratio=decrease:force_divisible_by=2"
                + ":in_range=full:out_range=tv:in_color_matrix=bt601:out_color_matrix=bt601:flags=bicubic+accurate_rnd",
            "pad=w=\(width):h=\(height):x=(ow-iw)/2:y=(oh-ih)/2:color=black",
            "setsar=1",
            "format=yuv420p",
        ].joined(separator: ",")
    }
}
