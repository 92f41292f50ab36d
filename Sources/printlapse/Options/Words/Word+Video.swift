import ArgumentParser
import Export
import Vocabulary

/// How a video looks and is encoded.
extension Word {
    static func videoPreset(_ text: String) throws -> VideoPreset {
        try named(text) { "\($0.rawValue) (\($0.options))" }
    }

    static func videoCodec(_ text: String) throws -> VideoCodec { try named(text, \.rawValue) }

    static func videoFit(_ text: String) throws -> VideoFit { try named(text, \.rawValue) }

    static func mirroring(_ text: String) throws -> Mirroring { try named(text, \.rawValue) }

    static func quarterTurns(_ text: String) throws -> QuarterTurns {
        guard let turns = Int(text).flatMap(QuarterTurns.init) else { throw ValidationError("there is: 90, 180, 270.") }
        return turns
    }

    static func videoCrop(_ text: String) throws -> VideoCrop { try explained { try VideoCrop(parsing: text) } }

    static func videoScale(_ text: String) throws -> VideoScale { try explained { try VideoScale(parsing: text) } }

    /// A picture where it is named as one is, and else a text.
    static func watermark(_ text: String) throws -> Watermark {
        let isPicture = [".png", ".jpg", ".jpeg"].contains { text.lowercased().hasSuffix($0) }
        return isPicture ? .picture(text) : .text(text)
    }
}
