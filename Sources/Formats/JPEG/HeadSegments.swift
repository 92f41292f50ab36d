package import NIOCore

/// The marker segments of a JPEG before its first scan, in order.
///
/// All that a picture says about itself stands in them. Entropy-coded data is not looked at, so that a picture's beginning is
/// enough; where that ends within a segment, the segment is the last, with as much of its content as there is.
package struct HeadSegments: Sequence, IteratorProtocol {
    package struct Segment {
        package let marker: Marker
        /// Where it stands in the picture's buffer, from the first byte FF that fills up before its marker.
        package let place: Range<Int>
        /// What stands behind its length.
        package let content: ByteBuffer
        package let isWhole: Bool

        /// The TIFF file in it that Exif data are; `nil` where it is no segment of Exif's.
        package var exif: ByteBuffer? {
            var content = content
            guard marker == .exif, content.readBytes(length: Self.exifSignature.count) == Self.exifSignature else {
                return nil
            }
            return content.slice()
        }

        /// What Exif's segment begins with (CIPA DC-008-2019, section 4.7.2).
        package static let exifSignature = Array("Exif\u{0}\u{0}".utf8)
    }

    private var rest: ByteBuffer
    private var isOver = false
    /// Whether the walk has come to the first scan, so that nothing is missing or damaged before it.
    package private(set) var reachedScan = false

    /// `nil` where this does not begin as a JPEG does.
    package init?(of picture: ByteBuffer) {
        rest = picture
        guard rest.readInteger(as: UInt16.self) == 0xFFD8 else { return nil }
    }

    package mutating func next() -> Segment? {
        guard !isOver else { return nil }
        isOver = true
        let start = rest.readerIndex
        guard rest.readInteger(as: UInt8.self) == 0xFF, var code = rest.readInteger(as: UInt8.self) else { return nil }
        // Any number of bytes FF may stand before a marker.
        while code == 0xFF, let next = rest.readInteger(as: UInt8.self) { code = next }
        let marker = Marker(rawValue: code)
        reachedScan = marker == .startOfScan
        guard marker.hasSegment, !reachedScan, let length = rest.readInteger(as: UInt16.self), length >= 2 else {
            return nil
        }
        let count = Int(length) - 2
        let isWhole = count <= rest.readableBytes
        guard let content = rest.readSlice(length: Swift.min(count, rest.readableBytes)) else { return nil }
        isOver = !isWhole
        return Segment(marker: marker, place: start..<rest.readerIndex, content: content, isWhole: isWhole)
    }
}
