internal import Formats
internal import Glibc
internal import NIOCore
internal import Vocabulary

/// What a JPEG's marker segments say about how it is decoded (ITU-T T.81, annex B); its entropy-coded data is stepped over.
///
/// Of what is no whole JPEG it tells as much as there is.
struct PictureOutline: Hashable, Sendable {
    /// One plane of samples.
    struct Component: Hashable, Sendable {
        let identifier: UInt8
        let horizontal: Int
        let vertical: Int
    }

    /// A marker with what belongs to it, by offsets from the picture's first byte.
    struct Segment: Hashable, Sendable {
        let marker: Marker
        let range: Range<Int>
    }

    /// The start-of-frame marker's second byte, 0xC0 for baseline; `nil` where there is none.
    private(set) var coding: UInt8?
    private(set) var size = PixelSize(width: 0, height: 0)
    private(set) var components: [Component] = []
    /// The segments between SOI and EOI, in order.
    private(set) var segments: [Segment] = []
    /// Whether a JFIF segment says that the picture is grey or YCbCr.
    private(set) var isJFIF = false
    /// What Adobe's segment says of the colours: 0 RGB or CMYK, 1 YCbCr, 2 YCCK; `nil` where there is none.
    private(set) var adobeTransform: UInt8?
    /// Tables that a scan uses and nothing before it defines.
    private(set) var missingTables: Set<HuffmanTable> = []

    private var definedTables: Set<HuffmanTable> = []

    init(of picture: ByteBuffer) {
        picture.withUnsafeReadableBytes { walk($0) }
    }

    /// Whether the picture is arithmetic-coded (SOF9 to SOF15). The archive keeps such pictures, because libjpeg-turbo
    /// decodes them; ffmpeg does not: “unsupported coding type (c9)”.
    var isArithmetic: Bool { coding.map { $0 >= 0xC9 } ?? false }

    private var isProgressive: Bool { coding.map { $0 & 3 == 2 } ?? false }

    // MARK: - The walk

    private mutating func walk(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        var position = 2
        while position < bytes.count, let found = memchr(start + position, 0xFF, bytes.count - position) {
            let offset = UnsafeRawPointer(found) - start
            position = offset + 1
            guard position < bytes.count else { return }
            let marker = Marker(rawValue: bytes[position])
            switch marker {
            // A fill byte: the next one may be the code.
            case .fill: continue
            case .endOfImage: return
            // A byte of entropy-coded data, TEM, restarts and SOI.
            case _ where !marker.hasSegment: position += 1
            default:
                guard bytes.count - position >= 3 else { return }
                let length = Int(bytes[position + 1]) << 8 | Int(bytes[position + 2])
                guard length >= 2, position + 1 + length <= bytes.count else { return }
                let content = UnsafeRawBufferPointer(rebasing: bytes[position + 3..<position + 1 + length])
                segments.append(Segment(marker: marker, range: offset..<position + 1 + length))
                take(marker, content)
                position += 1 + length
            }
        }
    }

    private mutating func take(_ marker: Marker, _ content: UnsafeRawBufferPointer) {
        switch marker {
        case .defineHuffmanTables: takeTables(content)
        case _ where marker.isStartOfFrame: takeFrame(marker, content)
        case .startOfScan: takeScan(content)
        case .jfif: isJFIF = isJFIF || content.starts(with: Array("JFIF\u{0}".utf8))
        case .adobe where content.count >= 12 && content.starts(with: Array("Adobe".utf8)): adobeTransform = content[11]
        default: break
        }
    }

    private mutating func takeFrame(_ marker: Marker, _ content: UnsafeRawBufferPointer) {
        guard coding == nil else { return }
        coding = marker.rawValue
        guard content.count >= 6, content.count >= 6 + 3 * Int(content[5]) else { return }
        size = PixelSize(
            width: Int(content[3]) << 8 | Int(content[4]), height: Int(content[1]) << 8 | Int(content[2]))
        components = (0..<Int(content[5])).map { number in
            let start = 6 + 3 * number
            return Component(
                identifier: content[start], horizontal: Int(content[start + 1] >> 4),
                vertical: Int(content[start + 1] & 15))
        }
    }

    /// A segment may define several tables, each by its class and number, how many codes of each length there are, and
    /// their values (B.2.4.2).
    private mutating func takeTables(_ content: UnsafeRawBufferPointer) {
        var start = 0
        while start + 17 <= content.count {
            definedTables.insert(HuffmanTable(rawValue: content[start]))
            start += 17 + content[start + 1..<start + 17].reduce(0) { $0 + Int($1) }
        }
    }

    private mutating func takeScan(_ content: UnsafeRawBufferPointer) {
        guard let count = content.first.map(Int.init), content.count >= 4 + 2 * count, !isArithmetic else { return }
        let (first, refinement) = (content[1 + 2 * count], content[3 + 2 * count] >> 4)
        for number in 0..<count {
            let selector = content[2 + 2 * number]
            var used: [HuffmanTable] = []
            if !isProgressive || first == 0 && refinement == 0 { used.append(.direct(selector >> 4)) }
            if !isProgressive || first > 0 { used.append(.alternating(selector & 15)) }
            missingTables.formUnion(used.filter { !definedTables.contains($0) })
        }
    }
}
