internal import Formats
internal import Vocabulary

/// What a walk over a picture's markers tells without decoding anything.
struct PictureStructure {
    /// A segment before the first scan's data.
    struct Segment {
        let marker: Marker
        /// Behind marker and length.
        let content: Range<Int>
    }

    let header: FrameHeader
    let scanCount: Int
    let firstScan: ScanHeader
    /// All segments from SOI to the first scan's header, which is the last.
    let segments: [Segment]
    /// Whether there are no bytes between those segments, and nothing but entropy-coded data between the first scan's header
    /// and EOI.
    let isPlain: Bool
    /// The offset just after EOI.
    let end: Int

    var size: PixelSize { header.size }
}
