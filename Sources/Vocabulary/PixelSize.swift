/// Width and height of a picture in pixels, each 1 or more.
public struct PixelSize: Hashable, Sendable, CustomStringConvertible {
    public let width: Int
    public let height: Int

    public init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
    }

    /// The number of pixels.
    public var area: Int { width.multipliedSaturating(by: height) }

    public var description: String { "\(width)×\(height)" }
}
