internal import Catalog
package import Vocabulary

/// A rectangle in a picture as it is shown, in pixels from its upper left corner.
package struct PictureRegion: Hashable, Sendable, CustomStringConvertible {
    package let x: Int
    package let y: Int
    package let size: PixelSize

    /// `nil` where it is no rectangle, or one that no JPEG has.
    package init?(x: Int, y: Int, size: PixelSize) {
        guard x >= 0, y >= 0, size.width > 0, size.height > 0, x + size.width <= 99_999 * 2,
            y + size.height <= 99_999 * 2
        else { return nil }
        (self.x, self.y, self.size) = (x, y, size)
    }

    /// Reads `x,y,width,height`; `nil` for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            (1...5).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        guard parts.count == 4, numbers.count == 4 else { return nil }
        self.init(x: numbers[0], y: numbers[1], size: PixelSize(width: numbers[2], height: numbers[3]))
    }

    package var description: String { "\(x),\(y),\(size.width),\(size.height)" }

    /// Whether all of it lies in a picture.
    package func lies(in picture: PixelSize) -> Bool {
        x + size.width <= picture.width && y + size.height <= picture.height
    }

    private init(_ x: Int, _ y: Int, _ size: PixelSize) { (self.x, self.y, self.size) = (x, y, size) }

    /// Where it lies in a picture as that is stored.
    ///
    /// - Parameters:
    ///   - orientation: how the stored picture is turned to be shown.
    ///   - picture: its size as it is shown.
    func lying(_ orientation: PictureOrientation, in picture: PixelSize) -> PictureRegion {
        let (right, below) = (picture.width - x - size.width, picture.height - y - size.height)
        let lying = size.upright(orientation)
        return switch orientation {
        case .upright: self
        case .mirrored: PictureRegion(right, y, lying)
        case .upsideDown: PictureRegion(right, below, lying)
        case .flipped: PictureRegion(x, below, lying)
        case .transposed: PictureRegion(y, x, lying)
        case .clockwise: PictureRegion(y, right, lying)
        case .transversed: PictureRegion(below, right, lying)
        case .counterclockwise: PictureRegion(below, x, lying)
        }
    }

    /// The blocks of 8 × 8 pixels that it touches.
    ///
    /// - Parameters:
    ///   - picture: in which it is to be found.
    ///   - drawn: the size of the picture in which it was drawn: in one of another size it is where it was in proportion.
    func blocks(in picture: PixelSize, drawnOn drawn: PixelSize) -> BlockRegion {
        func side(_ from: Int, _ length: Int, _ old: Int, _ new: Int) -> Range<Int> {
            let all = (new + 7) / 8
            let first = min(all - 1, from * new / old / 8)
            let end = min(all, ((from + length) * new / old + 7) / 8)
            return first..<max(first + 1, end)
        }
        return BlockRegion(
            columns: side(x, size.width, drawn.width, picture.width),
            rows: side(y, size.height, drawn.height, picture.height))
    }
}

/// A rectangle in a picture at an eighth of its size.
struct BlockRegion: Hashable, Sendable {
    let columns: Range<Int>
    let rows: Range<Int>
}
