internal import Formats
internal import NIOCore
internal import Vocabulary

/// How a stored picture is to be turned so that it stands, as its Exif data say (CIPA DC-008-2019, section 4.6.5.1.6): by
/// the numbers there, 1 for a picture that stands as it is.
enum PictureOrientation: UInt16, CaseIterable, Hashable, Sendable {
    case upright = 1
    /// Left and right change places.
    case mirrored = 2
    case upsideDown = 3
    /// Above and below change places.
    case flipped = 4
    /// Rows become columns.
    case transposed = 5
    /// To be turned clockwise.
    case clockwise = 6
    /// Rows become columns, from the other corner.
    case transversed = 7
    /// To be turned against the clock.
    case counterclockwise = 8

    /// Whether its width becomes its height.
    var swapsSides: Bool { rawValue >= 5 }

    /// The orientation is looked for in so many bytes and not in more, so that whoever reads the beginning of a picture
    /// alone finds the same. Exif data come before all but a JFIF segment, and their first directory before all but eight
    /// bytes of them.
    static let headLength = 16_384

    /// What the picture says; upright where it says nothing or nothing that makes sense.
    ///
    /// - Parameter picture: a JPEG, or its first ``headLength`` bytes.
    init(of picture: ByteBuffer) {
        self = Self.number(in: picture).flatMap(Self.init) ?? .upright
    }

    /// The tag `Orientation`, a short number, of the first directory.
    private static func number(in picture: ByteBuffer) -> UInt16? {
        guard let head = picture.getSlice(at: picture.readerIndex, length: min(headLength, picture.readableBytes)),
            let tiff = HeadSegments(of: head)?.lazy.compactMap(\.exif).first(where: { _ in true }),
            let block = TIFFBlock(tiff)
        else { return nil }
        return block.directory(at: block.firstDirectory)[.orientation].flatMap(block.short)
    }
}

extension PixelSize {
    /// As large as a picture of this size is when it stands.
    func upright(_ orientation: PictureOrientation) -> PixelSize { orientation.swapsSides ? turned : self }
}
