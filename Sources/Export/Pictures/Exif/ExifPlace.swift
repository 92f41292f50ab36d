internal import NIOCore

/// Where a JPEG's Exif segment is or belongs.
struct ExifPlace {
    /// What is written before and after the segment.
    let before: ByteBuffer
    let after: ByteBuffer
    /// The TIFF block in the segment that is there; `nil` where there is none.
    let tiff: ByteBuffer?

    /// What the segment begins with (CIPA DC-008-2019, section 4.7.2).
    static let signature = Array("Exif\u{0}\u{0}".utf8)

    /// Walks the marker segments up to the first scan. A new segment comes after those of JFIF, which are to be first.
    ///
    /// `nil` where this is no JPEG.
    init?(in picture: ByteBuffer) {
        var rest = picture
        guard rest.readInteger(as: UInt16.self) == 0xFFD8 else { return nil }
        var new = rest.readerIndex
        var onlyJFIF = true
        var present: (start: Int, end: Int, tiff: ByteBuffer)?
        while true {
            let start = rest.readerIndex
            guard rest.readInteger(as: UInt8.self) == 0xFF, var code = rest.readInteger(as: UInt8.self) else {
                return nil
            }
            // Any number of bytes FF may stand before a marker.
            while code == 0xFF, let next = rest.readInteger(as: UInt8.self) { code = next }
            if code == 0xDA { break }
            guard let length = rest.readInteger(as: UInt16.self), length >= 2,
                var content = rest.readSlice(length: Int(length) - 2)
            else { return nil }
            if present == nil, code == 0xE1, content.readBytes(length: Self.signature.count) == Self.signature {
                present = (start, rest.readerIndex, content)
            }
            onlyJFIF = onlyJFIF && code == 0xE0
            if onlyJFIF { new = rest.readerIndex }
        }
        self.init(picture, from: present?.start ?? new, to: present?.end ?? new, tiff: present?.tiff)
    }

    private init(_ picture: ByteBuffer, from start: Int, to end: Int, tiff: ByteBuffer?) {
        var before = picture
        before.moveWriterIndex(to: start)
        var after = picture
        after.moveReaderIndex(to: end)
        (self.before, self.after, self.tiff) = (before, after, tiff)
    }
}
