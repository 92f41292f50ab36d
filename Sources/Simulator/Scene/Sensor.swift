internal import Foundation

/// The camera's sensor and what its firmware does: exposure, vignetting, noise, gamma.
final class Sensor {
    /// Shown brightness in 256ths of an 8-bit step, for even steps of light.
    private let gamma: UnsafeMutablePointer<UInt16>
    /// Deviations of 1 in 256ths.
    private let noise: UnsafeMutablePointer<Int16>
    private static let steps = 4096
    /// The amount of light at the end of the gamma table.
    private static let brightest: Float = 2.5
    private static let noiseCount = 1 << 15

    init(seed: UInt64) {
        gamma = .allocate(capacity: Self.steps)
        for step in 0..<Self.steps {
            // A shoulder as of film, then sRGB's exponent.
            let light = (Double(step) + 0.5) / Double(Self.steps) * Double(Self.brightest)
            let shown = min(1, light * (1 + light / 6.25) / (1 + light * 0.62))
            (gamma + step).initialize(to: UInt16(pow(shown, 1 / 2.2) * 65_279))
        }
        noise = .allocate(capacity: Self.noiseCount)
        var random = RandomNumbers(seed: seed, 0x4015e)
        for index in 0..<Self.noiseCount { (noise + index).initialize(to: Int16(random.normal() * 256)) }
    }

    deinit {
        gamma.deallocate()
        noise.deallocate()
    }

    /// What the room's light is at an instant, as the exposure sees it.
    struct Exposure {
        var red: Float
        var green: Float
        var blue: Float
        /// Where the flicker of the mains lies in the picture.
        var bandPhase: Float

        init(at elapsed: Duration, number: Int, seed: UInt64) {
            var random = RandomNumbers(seed: seed, 0xf11c, UInt64(truncatingIfNeeded: number))
            let minutes = elapsed.inSeconds / 60
            let start = Double(seed % 1000)
            let drift =
                1.45 + 0.08 * sin(minutes / 13 * 2 * .pi + start) + 0.035 * sin(minutes / 3.7 * 2 * .pi + start * 1.7)
            let flicker = 1 + 0.009 * random.normal()
            let warmth = 0.018 * sin(minutes / 21 * 2 * .pi + start * 0.6)
            red = Float(drift * flicker * (1 + warmth))
            green = Float(drift * flicker)
            blue = Float(drift * flicker * (1 - warmth))
            bandPhase = Float(random.unit() * 2 * .pi)
        }
    }

    /// Reads out the canvas into interleaved bytes.
    ///
    /// This loop touches every pixel: numbers after the gamma table are whole, in 256ths of a step, because whole numbers can be
    /// cut to bytes without a check for each.
    func expose(
        _ canvas: Canvas, _ exposure: Exposure, number: Int, seed: UInt64, into bytes: UnsafeMutablePointer<UInt8>
    ) {
        var random = RandomNumbers(seed: seed, 0x5e45, UInt64(truncatingIfNeeded: number))
        let (width, height, gamma, noise) = (canvas.width, canvas.height, gamma, noise)
        let perLight = Float(Self.steps) / Self.brightest
        let (red, green, blue) = (exposure.red * perLight, exposure.green * perLight, exposure.blue * perLight)
        let corner = Float(width * width + height * height) / 4
        let mask = Self.noiseCount / 2 - 1
        for y in 0..<height {
            let fromMiddle = Float(y) - Float(height) / 2
            let band = 1 + 0.005 * sin(Float(y) / Float(height) * 9 + exposure.bandPhase)
            let rowGain = (1 - 0.42 * fromMiddle * fromMiddle / corner) * band
            let columnFall = 0.42 * band / corner
            let start = Int(truncatingIfNeeded: random.next()) & mask
            let chromaShift = Int(truncatingIfNeeded: random.next()) & mask
            let pixel = canvas.pixels + y * width * 4
            let above = y > 0 ? pixel - width * 4 : pixel
            let below = y < height - 1 ? pixel + width * 4 : pixel
            let out = bytes + y * width * 3
            for x in 0..<width {
                let sideways = Float(x) - Float(width) * 0.5
                let gain = rowGain - columnFall * sideways * sideways
                let (at, left, right) = (x &* 4, max(0, x &- 1) &* 4, min(width &- 1, x &+ 1) &* 4)
                @inline(__always)
                func shown(_ channel: Int, _ factor: Float) -> Int {
                    // A lens draws no edge sharper than this.
                    let around =
                        pixel[left &+ channel] + pixel[right &+ channel] + above[at &+ channel] + below[at &+ channel]
                    let light = pixel[at &+ channel] * 0.56 + around * 0.11
                    return Int(gamma[Self.wholePart(light * gain * factor)])
                }
                let (redShown, greenShown, blueShown) = (shown(0, red), shown(1, green), shown(2, blue))
                // Dark places were amplified more. Demosaicing smears the grain over neighbours.
                let place = (start &+ x) & mask
                let strength = 940 &- (greenShown >> 8)
                let grain = (Int(noise[place]) &* 3 &+ Int(noise[place &+ 1]) &* 2) &* strength >> 10
                let chroma = Int(noise[(chromaShift &+ (x >> 1)) & mask]) &* 3 >> 2
                out[x &* 3] = Self.byte(redShown &+ grain &+ chroma)
                out[x &* 3 &+ 1] = Self.byte(greenShown &+ grain)
                out[x &* 3 &+ 2] = Self.byte(blueShown &+ grain &- chroma)
            }
        }
    }

    /// The whole part of a number from 0 up, at most the table's last index.
    ///
    /// From 2²³ on a float's last bit is worth 1, so that adding 2²³ leaves the rounded number in its lowest bits.
    @inline(__always)
    private static func wholePart(_ value: Float) -> Int {
        let limited = max(0, min(Float(steps - 1), value))
        return Int(truncatingIfNeeded: (limited + 8_388_608).bitPattern & 0xfff)
    }

    @inline(__always)
    private static func byte(_ value: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: max(0, min(65_535, value)) >> 8)
    }
}
