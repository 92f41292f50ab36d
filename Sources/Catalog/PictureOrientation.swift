internal import Formats
package import NIOCore
package import Vocabulary

/// How a stored picture is to be turned so that it stands, as its Exif data say (CIPA DC-008-2019, section 4.6.5.1.6): by
/// the numbers there, 1 for a picture that stands as it is.
package enum PictureOrientation: UInt16, CaseIterable, Hashable, Sendable {
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
    package var swapsSides: Bool { rawValue >= 5 }

    /// The orientation is looked for in so many bytes and not in more, so that whoever reads the beginning of a picture
    /// alone finds the same. Exif data come before all but a JFIF segment, and their first directory before all but eight
    /// bytes of them.
    package static let headLength = 16_384

    /// What the picture says; upright where it says nothing or nothing that makes sense.
    ///
    /// - Parameter picture: a JPEG, or its first ``headLength`` bytes.
    package init(of picture: ByteBuffer) {
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

extension PictureOrientation {
    /// The pixels of a picture, brought to stand.
    ///
    /// - Parameters:
    ///   - pixels: in rows from the top as they are stored.
    ///   - size: of the picture as it is stored.
    ///   - channels: how many bytes a pixel has, 1 or 3.
    package func turned(_ pixels: [UInt8], of size: PixelSize, channels: Int = 3) -> [UInt8] {
        guard self != .upright else { return pixels }
        let target = size.upright(self)
        let (width, height) = (size.width, size.height)
        // Where in this picture a row of the new one begins, and how far its next pixel is, in pixels.
        let (first, step, rowStep): (Int, Int, Int) =
            switch self {
            case .upright: (0, 1, width)
            case .mirrored: (width - 1, -1, width)
            case .upsideDown: (width * height - 1, -1, -width)
            case .flipped: (width * (height - 1), 1, -width)
            case .transposed: (0, width, 1)
            case .clockwise: (width * (height - 1), -width, 1)
            case .transversed: (width * height - 1, -width, -1)
            case .counterclockwise: (width - 1, width, -1)
            }
        return [UInt8](unsafeUninitializedCapacity: pixels.count) { turned, count in
            pixels.withUnsafeBufferPointer { bytes in
                var to = 0
                for row in 0..<target.height {
                    var from = (first &+ row &* rowStep) &* channels
                    for _ in 0..<target.width {
                        for channel in 0..<channels { turned[to &+ channel] = bytes[from &+ channel] }
                        to &+= channels
                        from &+= step &* channels
                    }
                }
            }
            count = pixels.count
        }
    }
}

extension PixelSize {
    /// As large as a picture of this size is when it stands.
    package func upright(_ orientation: PictureOrientation) -> PixelSize {
        orientation.swapsSides ? PixelSize(width: height, height: width) : self
    }
}
