import ArgumentParser
import Export

/// How a video's pictures look, and what is written over them.
struct LooksArguments: ParsableArguments {
    @Flag(help: "Level the light where it flickers.")
    var deflicker = false

    @Option(
        help: ArgumentHelp("A part of the picture: width x height + left + top.", valueName: "640x480+100+50"),
        transform: Word.videoCrop)
    var crop: VideoCrop?

    @Option(
        help: ArgumentHelp("Turn it clockwise: 90, 180, 270.", valueName: "degrees"),
        completion: .list(["90", "180", "270"]), transform: Word.quarterTurns)
    var rotate: QuarterTurns?

    @Option(
        help: ArgumentHelp("Mirror it: h (left and right), v (above and below).", valueName: "h|v"),
        completion: .words(of: Mirroring.self), transform: Word.mirroring)
    var flip: Mirroring?

    @Option(
        help: ArgumentHelp(
            "Its size: 1280x720, 50%, 720p (lines of the shorter side), max:720p (never larger than it is), original (default for H.264: what plays everywhere).",
            valueName: "size"), transform: Word.videoScale)
    var scale: VideoScale?

    @Option(
        help: ArgumentHelp(
            "Pictures of another size than most: pad (with black), crop or stretch (default: pad).",
            valueName: "how"), completion: .words(of: VideoFit.self), transform: Word.videoFit)
    var fit: VideoFit?

    @Flag(help: "Write into each picture when it was captured.")
    var clock = false

    @Flag(help: "Draw into each picture how far the print is: a bar and a percentage.")
    var progress = false

    @Option(
        help: ArgumentHelp(
            "Write this into every picture, at the upper left, and into the file; the heading of a sheet.",
            valueName: "text"))
    var title: String?

    @Option(
        help: ArgumentHelp(
            "Put this in the upper right corner: a text, or a picture (.png, .jpg).", valueName: "text|file"),
        transform: Word.watermark)
    var watermark: Watermark?

    var given: Set<ExportOption> {
        .given([
            (.deflicker, deflicker), (.crop, crop != nil), (.rotate, rotate != nil), (.flip, flip != nil),
            (.scale, scale != nil), (.fit, fit != nil), (.clock, clock), (.progress, progress), (.title, title != nil),
            (.watermark, watermark != nil),
        ])
    }

    func filled(from other: LooksArguments) -> LooksArguments {
        var filled = self
        filled.scale = scale ?? other.scale
        return filled
    }

    var looks: VideoLooks {
        var looks = VideoLooks()
        (looks.isLevelled, looks.crop, looks.mirroring, looks.scale) = (deflicker, crop, flip, scale)
        (looks.rotation, looks.fit) = (rotate ?? .none, fit ?? .pad)
        return looks
    }

    var labels: VideoLabels {
        var labels = VideoLabels()
        (labels.hasClock, labels.hasProgress, labels.title, labels.watermark) = (clock, progress, title, watermark)
        return labels
    }
}
