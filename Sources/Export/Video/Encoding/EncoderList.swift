/// The encoders for video that an ffmpeg has, read from `ffmpeg -encoders`.
struct EncoderList: Hashable, Sendable {
    /// Each with the codec that it writes, as ffmpeg names it.
    private(set) var codecs: [String: String]

    /// Where nothing is encoded.
    static let none = EncoderList(parsing: "")

    /// A line reads ` V....D libx264   libx264 H.264 / AVC (codec h264)`; without the last part an encoder is called as
    /// its codec.
    init(parsing answer: String) {
        var codecs: [String: String] = [:]
        for line in answer.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count == 3, words[0].count == 6, words[0].hasPrefix("V"), words[1] != "=" else { continue }
            let name = String(words[1])
            codecs[name] =
                words[2].split(separator: "(codec ").last.flatMap { last in
                    last.hasSuffix(")") && words[2].contains("(codec ") ? String(last.dropLast()) : nil
                } ?? name
        }
        self.codecs = codecs
    }

    mutating func remove(_ name: String) { codecs[name] = nil }

    /// - Throws: ``ExportError/ffmpegLacksEncoder(_:)``
    func require(_ name: String) throws(ExportError) {
        guard codecs[name] != nil else { throw .ffmpegLacksEncoder(name) }
    }

    /// The encoders of one codec, in order.
    func names(of codec: VideoCodec) -> [String] {
        codecs.filter { $0.value == codec.ffmpegName }.keys.sorted()
    }
}
