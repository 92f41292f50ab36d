internal import Vocabulary

/// The largest picture of H.264 that phones, televisions and browsers decode: within 3840 × 2160, either way, and level 5.1
/// (ITU-T H.264, table A-1), which counts blocks of 16 × 16 pixels a second.
struct PlayableSize {
    private static let longest = 3840
    private static let shortest = 2160
    private static let blocksPerSecond = 983_040.0

    /// The size that a picture gets, with even sides; its own where that plays everywhere.
    static func size(for picture: PixelSize, framesPerSecond: Double) -> PixelSize {
        let (long, short) = (max(picture.width, picture.height), min(picture.width, picture.height))
        var factor = min(1, Double(longest) / Double(long), Double(shortest) / Double(short))
        var size = factor < 1 ? picture.times(factor) : picture.even
        while Double(blocks(size)) * framesPerSecond > blocksPerSecond, factor > 0.01 {
            factor *= 0.99
            size = picture.times(factor)
        }
        return size
    }

    private static func blocks(_ size: PixelSize) -> Int { (size.width + 15) / 16 * ((size.height + 15) / 16) }
}
