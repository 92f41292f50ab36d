package import Vocabulary

/// A picture's luma at an eighth of its size: each pixel is the mean of one block of 8 × 8 pixels.
///
/// Blocks begin at the top left corner; the last ones of a row and of a column may reach past the picture, where the
/// encoder's padding counts as well. The scale is full range, 0 black to 255 white, ITU-R BT.601.
package struct LumaPicture: Hashable, Sendable {
    /// The size of the whole picture.
    package let pictureSize: PixelSize
    /// One byte a block, row by row.
    package let pixels: [UInt8]

    /// `nil` unless there is exactly one pixel for each block of a picture of this size.
    package init?(of pictureSize: PixelSize, pixels: [UInt8]) {
        guard pixels.count == Self.size(of: pictureSize).area else { return nil }
        (self.pictureSize, self.pixels) = (pictureSize, pixels)
    }

    /// Width and height in blocks: an eighth of the picture's, rounded up.
    package var size: PixelSize { Self.size(of: pictureSize) }

    static func size(of picture: PixelSize) -> PixelSize {
        PixelSize(width: (picture.width + 7) / 8, height: (picture.height + 7) / 8)
    }
}
