internal import Vocabulary

/// One of ffmpeg's encoders, and what it must be told.
struct VideoEncoder: Hashable, Sendable {
    let name: String
    let codec: VideoCodec
    /// The constant rate factor or what the encoder has in its place.
    let quality: Int

    /// - Throws: ``ExportError/unusableVideo(_:hint:)`` for an encoder whose codec the format does not hold, and
    ///   ``ExportError/ffmpegLacksEncoder(_:)``
    init(_ format: ExportFormat, _ settings: VideoSettings, _ encoders: EncoderList) throws(ExportError) {
        let wanted = settings.codec.map { [$0] } ?? format.codecs
        if let name = settings.encoder {
            guard let codec = wanted.first(where: { $0.ffmpegName == encoders.codecs[name] }) else {
                let fitting = wanted.flatMap { encoders.names(of: $0) }.joined(separator: ", ")
                let reason =
                    encoders.codecs[name] == nil
                    ? "this ffmpeg has no encoder “\(name.printable)”"
                    : "the encoder \(name) does not write \(wanted.map(\.name).joined(separator: ", "))"
                throw .unusableVideo(reason, hint: "It has for \(format.ending): \(fitting).")
            }
            (self.name, self.codec) = (name, codec)
        } else {
            let codec = wanted.first ?? .h264
            guard let name = codec.encoders.first(where: { encoders.codecs[$0] != nil }) else {
                throw .ffmpegLacksEncoder(codec.software.joined(separator: " or "))
            }
            (self.name, self.codec) = (name, codec)
        }
        let family = EncoderFamily(self.name)
        quality = settings.rateFactor ?? family.usualQuality(codec)
        guard family.qualities(codec).contains(quality) else {
            let range = family.qualities(codec)
            throw .unusableVideo(
                "\(self.name) has no quality \(quality)",
                hint: "Use “crf” from \(range.lowerBound) to \(range.upperBound).")
        }
    }

    var family: EncoderFamily { EncoderFamily(name) }

    /// What follows `-c:v`.
    ///
    /// - Parameters:
    ///   - keyFrames: how many frames lie from one key frame to the next at most.
    ///   - threads: at most so many; `nil`: as many as the encoder wants.
    ///   - bitRate: for encoders that know nothing better, in bits a second.
    func arguments(
        limit: RateLimit?, keyFrames: Int, threads: Int?, isVariable: Bool, bitRate: Int
    ) -> [String] {
        var arguments = [name] + family.speed + ["-g", String(keyFrames)]
        arguments += limit.map { family.rate($0, quality: quality) } ?? family.quality(quality, bitRate: bitRate)
        if let threads { arguments += ["-threads", String(threads)] }
        arguments += family.extras(threads: threads, isVariable: isVariable)
        return arguments
    }
}
