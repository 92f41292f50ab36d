package import FoundationEssentials
package import Vocabulary

/// How a video looks and how it is encoded. Everything has a default that plays everywhere.
package struct VideoSettings: Hashable, Sendable {
    /// `nil`: what most players of the format take.
    package var codec: VideoCodec?
    /// ffmpeg's name of an encoder, such as `h264_nvenc`; `nil`: the best known of the codec's.
    package var encoder: String?
    /// The constant rate factor, by the encoder's own scale: smaller is better and larger. `nil`: the encoder's usual one.
    package var rateFactor: Int?
    /// Of an animated WebP, 0 to 100: larger is better and larger.
    package var quality: Int?
    /// Whether the stored JPEGs are put into the video unchanged, byte for byte.
    package var isLossless = false
    /// The most bytes that the file may have.
    package var largest: ByteCount?
    package var looks = VideoLooks()
    package var labels = VideoLabels()
    /// Whether a JPEG of the last frame is made beside the video.
    package var hasPoster = false
    /// The program's version, as the video's metadata tell it.
    package var version: String?

    package init() {}
}

/// What is done with the frames' pictures. It is done in the order of these properties.
package struct VideoLooks: Hashable, Sendable {
    /// How pictures of another size than most become as large as those.
    package var fit = VideoFit.pad
    /// A part of the picture, in pixels of the stored one.
    package var crop: VideoCrop?
    /// Clockwise.
    package var rotation = QuarterTurns.none
    package var mirroring: Mirroring?
    package var scale: VideoScale?
    /// Whether the light of frames is levelled where it flickers.
    package var isLevelled = false

    package init() {}

    /// Takes away what is done with each picture by itself, where it is done already.
    mutating func clearShape() { (crop, rotation, mirroring) = (nil, .none, nil) }
}

package enum VideoFit: String, CaseIterable, Hashable, Sendable {
    /// The whole picture between black bars.
    case pad
    /// All of the frame filled, and what does not fit cut off.
    case crop
    /// All of the frame filled, whatever becomes of the shape.
    case stretch
}

package enum QuarterTurns: Int, CaseIterable, Hashable, Sendable {
    case none = 0
    case one = 90
    case two = 180
    case three = 270
}

package enum Mirroring: String, CaseIterable, Hashable, Sendable {
    /// Left and right change places.
    case horizontal = "h"
    /// Above and below change places.
    case vertical = "v"
}

/// What is written over the frames.
package struct VideoLabels: Hashable, Sendable {
    /// Whether each frame shows when it was captured.
    package var hasClock = false
    /// Whether each frame shows how far the print, or else the video, is.
    package var hasProgress = false
    package var title: String?
    package var watermark: Watermark?
    /// In which the clock is read.
    package var timeZone = TimeZone.current

    package init() {}

    /// Whether there is text, for which a font is needed.
    var needFont: Bool { hasClock || hasProgress || title != nil || watermark?.text != nil }

    /// Whether the text is another for each frame.
    var differ: Bool { hasClock || hasProgress }
}

/// A sign of the maker in a corner of every frame.
package enum Watermark: Hashable, Sendable {
    case text(String)
    /// The path of a picture, a PNG as a rule, see-through where it is.
    case picture(String)

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var picture: String? { if case .picture(let path) = self { path } else { nil } }
}
