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

    private static func number(in picture: ByteBuffer) -> UInt16? {
        guard var rest = picture.getSlice(at: picture.readerIndex, length: min(headLength, picture.readableBytes)),
            rest.readInteger(as: UInt16.self) == 0xFFD8
        else { return nil }
        while rest.readInteger(as: UInt8.self) == 0xFF, var code = rest.readInteger(as: UInt8.self) {
            while code == 0xFF, let next = rest.readInteger(as: UInt8.self) { code = next }
            guard code != 0xDA, code != 0xD9, let length = rest.readInteger(as: UInt16.self), length >= 2 else {
                return nil
            }
            let count = Int(length) - 2
            if code == 0xE1, var content = rest.getSlice(at: rest.readerIndex, length: min(count, rest.readableBytes)),
                content.readBytes(length: ExifPlace.signature.count) == ExifPlace.signature
            {
                return number(inTIFF: content.slice())
            }
            guard count <= rest.readableBytes else { return nil }
            rest.moveReaderIndex(forwardBy: count)
        }
        return nil
    }

    /// The tag `Orientation`, a short number, of the first directory.
    private static func number(inTIFF block: ByteBuffer) -> UInt16? {
        guard let order = block.getInteger(at: 0, as: UInt16.self), order == 0x4949 || order == 0x4D4D else {
            return nil
        }
        let endianness: Endianness = order == 0x4949 ? .little : .big
        guard let directory = block.getInteger(at: 4, endianness: endianness, as: UInt32.self),
            let count = block.getInteger(at: Int(directory), endianness: endianness, as: UInt16.self)
        else { return nil }
        for entry in 0..<Int(count) {
            let place = Int(directory) + 2 + 12 * entry
            guard let tag = block.getInteger(at: place, endianness: endianness, as: UInt16.self) else { return nil }
            if tag == TIFFTag.orientation {
                return block.getInteger(at: place + 8, endianness: endianness, as: UInt16.self)
            }
        }
        return nil
    }
}

extension PixelSize {
    /// As large as a picture of this size is when it stands.
    func upright(_ orientation: PictureOrientation) -> PixelSize { orientation.swapsSides ? turned : self }
}
