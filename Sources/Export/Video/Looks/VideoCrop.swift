package import Vocabulary

/// A part of a picture, as X and ffmpeg write it: `640x480+100+50`.
package struct VideoCrop: Hashable, Sendable {
    package let size: PixelSize
    /// How many columns and rows stand left of and above it.
    package let x, y: Int

    /// - Throws: ``ExportError/unusableVideo(_:hint:)``
    package init(parsing text: String) throws(ExportError) {
        let parts = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        guard [1, 3].contains(parts.count), let size = PixelSize(widthTimesHeight: parts[0]),
            let x = parts.count == 3 ? Int(parts[1]) : 0, let y = parts.count == 3 ? Int(parts[2]) : 0, x >= 0, y >= 0,
            x <= PixelSize.most, y <= PixelSize.most
        else {
            throw .unusableVideo("“\(text.printable)” is no part of a picture", hint: "Give it as 640x480+100+50.")
        }
        (self.size, self.x, self.y) = (size, x, y)
    }

    /// The part, with even sides.
    ///
    /// - Throws: ``ExportError/unusableVideo(_:hint:)`` where it is not within the picture.
    func part(of picture: PixelSize) throws(ExportError) -> VideoCrop {
        guard x + size.width <= picture.width, y + size.height <= picture.height else {
            throw .unusableVideo("there is no \(self) in frames of \(picture)", hint: "Give a part of the frames.")
        }
        return VideoCrop(size: size.even, x: x, y: y)
    }

    init(size: PixelSize, x: Int = 0, y: Int = 0) { (self.size, self.x, self.y) = (size, x, y) }
}

extension VideoCrop: CustomStringConvertible {
    package var description: String { "\(size.width)x\(size.height)+\(x)+\(y)" }
}

extension PixelSize {
    /// The longest side that a video can have here; it is the longest of H.264's.
    static let most = 16_384

    /// Reads `1280x720`.
    init?(widthTimesHeight text: String) {
        let numbers = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let width = numbers[0], let height = numbers[1],
            (2...Self.most).contains(width), (2...Self.most).contains(height)
        else { return nil }
        self.init(width: width, height: height)
    }

    /// Without an odd last row or column, as 4:2:0 video needs it; 2 × 2 at least.
    var even: PixelSize { PixelSize(width: max(2, width / 2 * 2), height: max(2, height / 2 * 2)) }

    /// With the sides exchanged.
    var turned: PixelSize { PixelSize(width: height, height: width) }
}
