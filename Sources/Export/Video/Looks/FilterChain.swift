internal import Vocabulary

/// ffmpeg's filters that make a video's frames of stored pictures, in the order in which they are applied:
/// fit, crop, scale, rotate, mirror, level the light, watermark, text.
///
/// JFIF pictures are sRGB in full-range YCbCr of BT.601. Players expect the narrow range; unconverted, blacks come out
/// grey or crushed. The matrix stays BT.601 and is tagged so (`smpte170m`), which every current player honours and costs
/// no second rounding. Named explicitly, none of this depends on what ffmpeg guesses, which differs between versions.
struct FilterChain: Hashable, Sendable {
    /// Which pictures come in.
    struct Source: Hashable, Sendable {
        /// Of most of them.
        let size: PixelSize
        /// Whether there are others.
        let isMixed: Bool
    }

    /// Files that filters read, by paths that need no escaping.
    struct Files: Hashable, Sendable {
        /// Commands that level the light.
        var levels: String?
        var watermark: String?
        /// Texts, as ASS.
        var text: String?
    }

    let source: Source
    let looks: VideoLooks
    var files = Files()
    /// What comes out, in pixels; both sides even.
    let size: PixelSize
    private let crop: VideoCrop

    /// - Parameter scale: where the looks have none.
    /// - Throws: ``ExportError/unusableVideo(_:hint:)`` for a crop that is not within the pictures.
    init(_ source: Source, _ looks: VideoLooks, orScale scale: VideoScale? = nil) throws(ExportError) {
        (self.source, self.looks) = (source, looks)
        crop = try looks.crop?.part(of: source.size.even) ?? VideoCrop(size: source.size.even)
        let turned = looks.rotation.swapsSides ? crop.size.turned : crop.size
        size = (looks.scale ?? scale)?.scaled(turned) ?? turned
    }

    /// Whether ffmpeg may keep one chain for pictures of all sizes. Otherwise it makes another one where the size
    /// changes, which no filter here minds that needs no memory of the frames before.
    var takesAnySize: Bool { source.isMixed && looks.fit != .crop }

    /// As `-filter_complex` reads it, from the first input to `[out]`.
    var graph: String {
        let chain = fitting + shaping + levelling
        let text = lettering
        guard let watermark = files.watermark else { return "[0:v]" + (chain + text).joined(separator: ",") }
        // It is scaled down to a fifth of the width where it is larger, and never up.
        let (widest, margin) = (size.width / 5, max(4, min(size.width, size.height) / 40))
        return "movie=\(watermark),format=rgba,scale=w=min(iw\\,\(widest)):h=-1:flags=lanczos[mark];"
            + "[0:v]" + chain.joined(separator: ",") + "[base];[base][mark]"
            + (["overlay=x=W-w-\(margin):y=\(margin):format=auto", "format=yuv420p"] + text).joined(separator: ",")
    }

    /// Pictures of other sizes become as large as most.
    private var fitting: [String] {
        guard source.isMixed else { return [] }
        let (width, height) = (source.size.even.width, source.size.even.height)
        let box = "scale=w=\(width):h=\(height)"
        return switch looks.fit {
        case .stretch: [box + Self.conversion]
        case .pad:
            [
                box + ":eval=frame:force_original_aspect_ratio=decrease:force_divisible_by=2" + Self.conversion,
                "format=yuv420p", "pad=w=\(width):h=\(height):x=(ow-iw)/2:y=(oh-ih)/2:color=black:eval=frame",
            ]
        case .crop:
            [
                box + ":force_original_aspect_ratio=increase:force_divisible_by=2" + Self.conversion,
                "crop=w=\(width):h=\(height)",
            ]
        }
    }

    private var shaping: [String] {
        var filters: [String] = []
        if crop.size != source.size || crop.x != 0 || crop.y != 0 {
            filters.append("crop=w=\(crop.size.width):h=\(crop.size.height):x=\(crop.x):y=\(crop.y):exact=1")
        }
        // Before it is turned: fewer pixels have to be.
        let target = looks.rotation.swapsSides ? size.turned : size
        if target != crop.size || !source.isMixed {
            filters.append(
                "scale=w=\(target.width):h=\(target.height)"
                    + (source.isMixed ? ":flags=lanczos+accurate_rnd" : Self.conversion))
        }
        filters += looks.rotation.filters
        if let mirroring = looks.mirroring { filters.append(mirroring == .horizontal ? "hflip" : "vflip") }
        return filters + ["setsar=1", "format=yuv420p"]
    }

    private static let conversion =
        ":in_range=full:out_range=tv:in_color_matrix=bt601:out_color_matrix=bt601:flags=lanczos+accurate_rnd"

    /// A gamma that has no weight changes nothing, but makes `eq` look values up in a table, which is exact; its quick way
    /// rounds the brightness to hundredths.
    private var levelling: [String] {
        guard let levels = files.levels else { return [] }
        return [
            "sendcmd=f=\(levels)", "eq=eval=frame:gamma=2:gamma_r=2:gamma_b=2:gamma_weight=0",
            "limiter=min=16:max=235:planes=1", "limiter=min=16:max=240:planes=6",
        ]
    }

    /// Texts change at times that ASS counts in hundredths of a second, too coarse for 120 frames a second: the frames'
    /// own times are taken tenfold while text is drawn.
    private var lettering: [String] {
        guard let text = files.text else { return [] }
        return ["setpts=PTS*\(SubtitleFile.slowness)", "ass=f=\(text)", "setpts=PTS/\(SubtitleFile.slowness)"]
    }
}

extension QuarterTurns {
    fileprivate var swapsSides: Bool { self == .one || self == .three }

    fileprivate var filters: [String] {
        switch self {
        case .none: []
        case .one: ["transpose=clock"]
        case .two: ["hflip", "vflip"]
        case .three: ["transpose=cclock"]
        }
    }
}
