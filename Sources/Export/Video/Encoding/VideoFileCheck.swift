/// Whether a file is a whole MP4 video that can be played while it loads.
///
/// An MP4 file is a row of boxes, each beginning with its 32-bit length and its type (ISO/IEC 14496-12, 4.2). One
/// that was cut off, or whose index (`moov`) does not stand before the media (`mdat`), gets no final name, whatever
/// status ffmpeg ended with.
struct VideoFileCheck {
    let isWhole: Bool

    init(_ file: OpenFile) throws(ExportError) {
        let size = try file.size()
        var types: [String] = []
        var offset: Int64 = 0
        while offset < size {
            let header = try file.read(16, at: offset)
            guard header.count >= 8 else { break }
            types.append(String(decoding: header[4..<8], as: UTF8.self))
            let short = Self.number(header[0..<4])
            // Length 1: the true one is the 64-bit number behind the type.
            let length = short == 1 ? Self.number(header[8...]) : short
            guard length >= 8, length <= UInt64(size - offset) else { break }
            offset += Int64(length)
        }
        guard offset == size, let index = types.firstIndex(of: "moov"), let media = types.firstIndex(of: "mdat") else {
            isWhole = false
            return
        }
        isWhole = index < media
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
