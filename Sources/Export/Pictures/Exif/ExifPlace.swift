internal import Formats
internal import NIOCore

/// Where a JPEG's Exif segment is or belongs.
struct ExifPlace {
    /// What is written before and after the segment.
    let before: ByteBuffer
    let after: ByteBuffer
    /// The TIFF block in the segment that is there; `nil` where there is none.
    let tiff: ByteBuffer?

    /// Walks the marker segments up to the first scan. A new segment comes after those of JFIF, which are to be first.
    ///
    /// `nil` where this is no JPEG, or one that is damaged before its first scan.
    init?(in picture: ByteBuffer) {
        guard var segments = HeadSegments(of: picture) else { return nil }
        var new = picture.readerIndex + 2
        var onlyJFIF = true
        var present: (place: Range<Int>, tiff: ByteBuffer)?
        while let segment = segments.next() {
            if present == nil, let tiff = segment.exif { present = (segment.place, tiff) }
            onlyJFIF = onlyJFIF && segment.marker == .jfif
            if onlyJFIF { new = segment.place.upperBound }
        }
        guard segments.reachedScan else { return nil }
        self.init(
            picture, from: present?.place.lowerBound ?? new, to: present?.place.upperBound ?? new, tiff: present?.tiff)
    }

    private init(_ picture: ByteBuffer, from start: Int, to end: Int, tiff: ByteBuffer?) {
        var before = picture
        before.moveWriterIndex(to: start)
        var after = picture
        after.moveReaderIndex(to: end)
        (self.before, self.after, self.tiff) = (before, after, tiff)
    }
}
