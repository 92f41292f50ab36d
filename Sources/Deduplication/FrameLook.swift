package import Validation
internal import Vocabulary

/// What a picture looks like in a few numbers, taken from its luma at an eighth of its size.
package struct FrameLook: Hashable, Sendable {
    /// The mean luma: 0 black to 255 white.
    package let brightness: Int
    /// How much of the picture's contrast lies in its finest detail, 0 to 255; `nil` for a picture without contrast.
    ///
    /// It is 256 times the mean of |4p − n − e − s − w| / 4 over the standard deviation of p, for every pixel p that has four
    /// neighbours. Blurring takes detail away and leaves the deviation. Only pictures of one scene can be compared by it.
    package let sharpness: Int?
    /// What is new since the camera's kept frame before; `nil` where there is none to compare with.
    package let change: LumaChange?

    /// - Parameter kept: the luma of the camera's kept frame before.
    package init(of luma: LumaPicture, after kept: LumaPicture? = nil) {
        let contrast = Contrast(of: luma)
        brightness = contrast.brightness
        sharpness = contrast.sharpness
        change = kept.flatMap { LumaChange(to: luma, from: $0) }
    }
}

/// Sums over a luma picture.
private struct Contrast {
    let brightness: Int
    let sharpness: Int?

    /// Below this deviation a picture is noise and nothing else.
    private static let leastDeviation = 2.0

    init(of luma: LumaPicture) {
        let (width, height) = (luma.size.width, luma.size.height)
        var (sum, squares, detail) = (0, 0, 0)
        luma.pixels.withUnsafeBufferPointer { pixels in
            for pixel in pixels {
                sum &+= Int(pixel)
                squares &+= Int(pixel) &* Int(pixel)
            }
            for row in stride(from: 1, to: height - 1, by: 1) {
                detail &+= Self.detail(pixels, row: row, width: width)
            }
        }
        let count = luma.pixels.count
        guard count > 0 else {
            (brightness, sharpness) = (0, nil)
            return
        }
        let mean = Double(sum) / Double(count)
        brightness = Int(mean.rounded())
        let deviation = max(0, Double(squares) / Double(count) - mean * mean).squareRoot()
        let inner = (width - 2) * (height - 2)
        guard width > 2, height > 2, deviation >= Self.leastDeviation else {
            sharpness = nil
            return
        }
        sharpness = min(255, Int((256 * Double(detail) / Double(4 * inner) / deviation).rounded()))
    }

    private static func detail(_ pixels: UnsafeBufferPointer<UInt8>, row: Int, width: Int) -> Int {
        var sum: Int32 = 0
        let start = row &* width
        for index in (start &+ 1)..<max(start &+ 1, start &+ width &- 1) {
            let around =
                Int32(pixels[index &- width]) &+ Int32(pixels[index &+ width]) &+ Int32(pixels[index &- 1])
                &+ Int32(pixels[index &+ 1])
            sum &+= abs(4 &* Int32(pixels[index]) &- around)
        }
        return Int(sum)
    }
}
