internal import Foundation

/// The camera's sensor and what its firmware does: exposure, vignetting, noise, gamma.
final class Sensor {
    private let gamma: UnsafeMutablePointer<Float>
    private let noise: UnsafeMutablePointer<Float>
    private static let steps = 4096
    /// The amount of light at the end of the gamma table.
    private static let brightest: Float = 2.5
    private static let noiseCount = 1 << 15

    init(seed: UInt64) {
        gamma = .allocate(capacity: Self.steps)
        for step in 0..<Self.steps {
            // A shoulder as of film, then sRGB's exponent; in 8-bit units.
            let light = (Double(step) + 0.5) / Double(Self.steps) * Double(Self.brightest)
            let shown = min(1, light * (1 + light / 5.5) / (1 + light * 0.92) * 1.06)
            (gamma + step).initialize(to: Float(pow(shown, 1 / 2.2) * 255))
        }
        noise = .allocate(capacity: Self.noiseCount)
        var random = RandomNumbers(seed: seed, 0x4015e)
        for index in 0..<Self.noiseCount { (noise + index).initialize(to: Float(random.normal())) }
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
            let drift = 1 + 0.055 * sin(minutes / 13 * 2 * .pi + start) + 0.025 * sin(minutes / 3.7 * 2 * .pi + start * 1.7)
            let flicker = 1 + 0.009 * random.normal()
            let warmth = 0.018 * sin(minutes / 21 * 2 * .pi + start * 0.6)
            red = Float(drift * flicker * (1 + warmth))
            green = Float(drift * flicker)
            blue = Float(drift * flicker * (1 - warmth))
            bandPhase = Float(random.unit() * 2 * .pi)
        }
    }

    /// Reads out the canvas into interleaved bytes.
    func expose(_ canvas: Canvas, _ exposure: Exposure, number: Int, seed: UInt64, into bytes: UnsafeMutablePointer<UInt8>) {
        var random = RandomNumbers(seed: seed, 0x5e45, UInt64(truncatingIfNeeded: number))
        let (width, height) = (canvas.width, canvas.height)
        let perLight = Float(Self.steps) / Self.brightest
        let top = Float(Self.steps - 1)
        let corner = Float(width * width + height * height) / 4
        for y in 0..<height {
            let fromMiddle = Float(y) - Float(height) / 2
            let band = 1 + 0.006 * sin(Float(y) / Float(height) * 9 + exposure.bandPhase)
            let rowFall = 1 - 0.36 * fromMiddle * fromMiddle / corner
            let start = Int(random.next() & UInt64(Self.noiseCount / 2 - 1))
            // Rows longer than half the table would run past its end.
            let mask = Self.noiseCount / 2 - 1
            var pixel = canvas.pixels + y * width * 4
            var out = bytes + y * width * 3
            for x in 0..<width {
                let sideways = Float(x) - Float(width) / 2
                let gain = (rowFall - 0.36 * sideways * sideways / corner) * band * perLight
                let red = gamma[Int(min(top, pixel[0] * gain * exposure.red))]
                let green = gamma[Int(min(top, pixel[1] * gain * exposure.green))]
                let blue = gamma[Int(min(top, pixel[2] * gain * exposure.blue))]
                // Dark places were amplified more. Demosaicing smears the grain over neighbours.
                let place = (start + x) & mask
                let strength = 3.1 - green * 0.006
                let grain = (noise[place] * 0.8 + noise[place + 1] * 0.5) * strength
                let chroma = noise[place + Self.noiseCount / 2 - 7 * (y & 1)] * 0.9
                out[0] = UInt8(min(255, max(0, red + grain + chroma + 0.5)))
                out[1] = UInt8(min(255, max(0, green + grain + 0.5)))
                out[2] = UInt8(min(255, max(0, blue + grain - chroma + 0.5)))
                pixel += 4
                out += 3
            }
        }
    }
}
