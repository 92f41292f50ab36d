internal import Archive
internal import Catalog
internal import Formats
internal import NIOCore
internal import Vocabulary

/// A picture that looks the same whatever stood before it in a stream, to ffmpeg and to the players that are made of its
/// parts.
///
/// A decoder of Motion JPEG keeps what one picture told it for the next: tables, the kind of colours, and what makers wrote
/// into comments and APPn segments (`mjpegdec.c`: AVI1, CS=ITU601, Exif). A picture alone can be sound and yet rely on
/// what a decoder knows at its beginning, as those of cameras do that leave the standard's Huffman tables out.
struct StreamPicture: Sendable {
    let bytes: ByteBuffer
    /// The frame's place in the export, from 1.
    let number: Int

    /// The picture as it is to be encoded: standing, of nothing but what decodes it, and where ffmpeg cannot be trusted with
    /// its kind, decoded by libjpeg-turbo and coded anew.
    init(encoding picture: FrameFeed.Picture) throws(PictureRefusal) {
        number = picture.number
        let outline = PictureOutline(of: picture.bytes)
        if picture.orientation == .upright, outline.isPlain, let bare = picture.bytes.closedByEOI.bare(outline) {
            bytes = bare
            return
        }
        guard let redrawn = try picture.decoded(eighths: 8).jpeg(quality: Self.quality) else {
            throw PictureRefusal(reason: "there is no memory to decode its picture")
        }
        bytes = redrawn
    }

    /// The picture as it is kept: every byte as stored, with the tables and the end marker that it leaves out.
    init(keeping picture: FrameFeed.Picture) throws(PictureRefusal) {
        number = picture.number
        let outline = PictureOutline(of: picture.bytes)
        guard !outline.isArithmetic else {
            throw PictureRefusal(
                reason: "players cannot decode arithmetic-coded JPEGs, and a lossless video keeps it as it is")
        }
        guard outline.isKnownToPlayers else {
            let sampling = outline.components.map { "\($0.horizontal)×\($0.vertical)" }.joined(separator: ", ")
            throw PictureRefusal(
                reason: "players cannot decode JPEGs sampled \(sampling), and a lossless video keeps it as it is")
        }
        guard let complete = picture.bytes.closedByEOI.complete(outline) else {
            throw PictureRefusal(reason: "its picture lacks a Huffman table that has no standard")
        }
        bytes = complete
    }

    /// At which nothing is seen of the loss, with colours as fine as the light.
    private static let quality = 97
}

extension PictureOutline {
    /// Whether ffmpeg's every version decodes the picture as libjpeg does: Huffman-coded light alone, or light and colour of
    /// the usual samplings.
    var isPlain: Bool {
        guard let coding, [0xC0, 0xC1, 0xC2].contains(coding) else { return false }
        if components.count == 1 { return components[0].horizontal == 1 && components[0].vertical == 1 }
        return isYCbCr && hasUsualSampling
    }

    /// Whether ffmpeg decodes it at all. Colours may come out otherwise there, which in a picture that is kept cannot be
    /// helped. Of the samplings it lacks those by three, but for 3×1 (`pix_fmt_id` in `mjpegdec.c`).
    var isKnownToPlayers: Bool {
        guard components.count == 3 else { return true }
        return components.allSatisfy {
            ($0.horizontal, $0.vertical) == (3, 1) || $0.horizontal != 3 && $0.vertical != 3
        }
    }

    /// Where libjpeg (`default_decompress_parms` in `jdapimin.c`) and ffmpeg are of one mind. Components that are numbered
    /// alike, as by some cameras, or called R, G and B are not trusted.
    private var isYCbCr: Bool {
        let identifiers = components.map(\.identifier)
        guard identifiers.count == 3, Set(identifiers).count == 3, identifiers != Array("RGB".utf8) else {
            return false
        }
        return isJFIF || adobeTransform ?? 1 == 1
    }

    private var hasUsualSampling: Bool {
        guard let light = components.first else { return false }
        let colours = components.dropFirst()
        let isUsual = [(1, 1), (2, 1), (1, 2), (2, 2), (4, 1)].contains { $0 == (light.horizontal, light.vertical) }
        return isUsual && colours.allSatisfy { $0.horizontal == 1 && $0.vertical == 1 }
    }
}

extension ByteBuffer {
    /// Without APPn and COM segments, and with the tables that are missing; `nil` where one of them is no standard one.
    fileprivate func bare(_ outline: PictureOutline) -> ByteBuffer? {
        guard let tables = HuffmanTable.standard(outline.missingTables) else { return nil }
        var bare = ByteBuffer()
        bare.reserveCapacity(readableBytes + tables.count)
        var kept = 2
        bare.writeInteger(0xFFD8 as UInt16)
        if !outline.missingTables.isEmpty { bare.writeBytes(tables) }
        for segment in outline.segments where segment.marker.isApplication || segment.marker == .comment {
            bare.writeImmutableBuffer(part(kept..<segment.range.lowerBound))
            kept = segment.range.upperBound
        }
        bare.writeImmutableBuffer(part(kept..<readableBytes))
        return bare
    }

    /// With the tables that are missing. They stand behind the APPn segments, the first of which is to come first.
    fileprivate func complete(_ outline: PictureOutline) -> ByteBuffer? {
        guard !outline.missingTables.isEmpty else { return self }
        guard let tables = HuffmanTable.standard(outline.missingTables) else { return nil }
        let place = outline.segments.prefix { $0.marker.isApplication }.last?.range.upperBound ?? 2
        var complete = part(0..<place)
        complete.writeBytes(tables)
        complete.writeImmutableBuffer(part(place..<readableBytes))
        return complete
    }

    private func part(_ range: Range<Int>) -> ByteBuffer {
        getSlice(at: readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }
}
