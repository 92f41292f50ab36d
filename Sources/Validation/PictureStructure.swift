internal import Vocabulary

/// What a walk over a picture's markers tells without decoding anything.
struct PictureStructure: Hashable {
    let header: FrameHeader
    let scanCount: Int
    /// The offset just after EOI.
    let end: Int

    var size: PixelSize { header.size }
}
