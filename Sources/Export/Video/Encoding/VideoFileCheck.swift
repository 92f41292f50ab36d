/// Whether a file is a whole video, whatever status ffmpeg ended with: one that was cut off gets no final name.
struct VideoFileCheck {
    let isWhole: Bool

    init(_ file: OpenFile, _ format: ExportFormat) throws(ExportError) {
        isWhole =
            switch format {
            case .mp4: try Self.isWholeMP4(file)
            case .mkv, .webm: try Self.isWholeMatroska(file)
            case .avi: try Self.isWholeRIFF(file, "AVI ")
            case .webp: try Self.isWholeRIFF(file, "WEBP")
            case .gif: try Self.isWholeGIF(file)
            case .folder, .zip, .tar, .sheet: true
            }
    }

    /// A row of boxes, each beginning with its 32-bit length and its type (ISO/IEC 14496-12, 4.2), the index (`moov`)
    /// before the media (`mdat`), so that it can be played while it loads.
    private static func isWholeMP4(_ file: OpenFile) throws(ExportError) -> Bool {
        let size = try file.size()
        var types: [String] = []
        var offset: Int64 = 0
        while offset < size {
            let header = try file.read(16, at: offset)
            guard header.count >= 8 else { return false }
            types.append(String(decoding: header[4..<8], as: UTF8.self))
            let short = number(header[0..<4])
            // Length 1: the true one is the 64-bit number behind the type.
            let length = short == 1 ? number(header[8...]) : short
            guard length >= 8, length <= UInt64(size - offset) else { return false }
            offset += Int64(length)
        }
        guard let index = types.firstIndex(of: "moov"), let media = types.firstIndex(of: "mdat") else { return false }
        return index < media
    }

    /// A head and a segment, which ends with the file (RFC 9559, 4.5); both lengths are known, or it was not finished.
    private static func isWholeMatroska(_ file: OpenFile) throws(ExportError) -> Bool {
        var offset: Int64 = 0
        for identifier: UInt64 in [0x1A45_DFA3, 0x1853_8067] {
            let header = try file.read(12, at: offset)
            guard header.count == 12, number(header[0..<4]) == identifier else { return false }
            // As many zero bits as bytes follow, and then a one (RFC 8794, 4).
            let count = header[4].leadingZeroBitCount + 1
            guard count <= 8 else { return false }
            let marked = number(header[4..<4 + count])
            let length = marked & ((1 << UInt64(7 * count)) - 1)
            guard length < (1 << UInt64(7 * count)) - 1 else { return false }
            offset += 4 + Int64(count) + Int64(length)
        }
        return offset == (try file.size())
    }

    /// A row of RIFF chunks, the first of this type; AVI has several from a gigabyte on.
    private static func isWholeRIFF(_ file: OpenFile, _ type: String) throws(ExportError) -> Bool {
        let size = try file.size()
        var offset: Int64 = 0
        while offset < size {
            let header = try file.read(12, at: offset)
            guard header.count == 12, String(decoding: header[0..<4], as: UTF8.self) == "RIFF" else { return false }
            if offset == 0, String(decoding: header[8..<12], as: UTF8.self) != type { return false }
            let length = Int64(number(header[4..<8].reversed()[...]))
            // Padded to an even length.
            offset += 8 + length + length % 2
        }
        return size > 0 && offset == size
    }

    private static func isWholeGIF(_ file: OpenFile) throws(ExportError) -> Bool {
        let size = try file.size()
        guard size > 14 else { return false }
        let (start, end) = (try file.read(6, at: 0), try file.read(1, at: size - 1))
        return start == Array("GIF89a".utf8) && end == [0x3B]
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
