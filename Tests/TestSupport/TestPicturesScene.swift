package import Vocabulary

/// SplitMix64 (Steele, Lea, Flood 2014): a small generator whose sequence is the same everywhere.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A nearly normal number with mean 0 and standard deviation 1: the ones among 64 coin tosses.
    package mutating func normal() -> Double {
        Double(next().nonzeroBitCount - 32) / 4
    }
}

/// A drawn scene like a printer's camera shows it: a bed with a grid, a part, a light that falls off, sensor noise.
package struct TestScene: Sendable {
    /// A rectangle that stands out from what is behind it.
    package struct Patch: Sendable {
        package var x, y, width, height: Int
        /// Added to every channel.
        package var contrast: Int
        /// Added to the last channel as well: of red, green and blue it changes the colour more than the brightness.
        package var tint: Int

        package init(x: Int, y: Int, width: Int, height: Int, contrast: Int, tint: Int = 0) {
            (self.x, self.y, self.width, self.height) = (x, y, width, height)
            (self.contrast, self.tint) = (contrast, tint)
        }

        func covers(_ x: Int, _ y: Int) -> Bool {
            x >= self.x && x < self.x + width && y >= self.y && y < self.y + height
        }
    }

    package var size: PixelSize
    /// The noise's standard deviation; 0 is none.
    package var noise: Double
    /// Decides the noise, and nothing else.
    package var seed: UInt64
    /// Added to every pixel, as when a lamp flickers.
    package var light = 0
    package var patches: [Patch] = []
    /// So many of the lowest rows of pixels are of the grey that decoders fill up with.
    package var greyRows = 0

    package init(width: Int, height: Int, noise: Double = 3, seed: UInt64 = 1) {
        size = PixelSize(width: width, height: height)
        (self.noise, self.seed) = (noise, seed)
    }

    /// The scene as damage leaves it that every decoder takes: from a unit of 16 × 16 pixels on, in the order of the scan, all is
    /// brighter.
    package func torn(fromRow row: Int, column: Int, by height: Int) -> TestScene {
        var torn = self
        torn.patches += [
            Patch(x: column * 16, y: row * 16, width: size.width - column * 16, height: 16, contrast: height),
            Patch(x: 0, y: (row + 1) * 16, width: size.width, height: size.height - (row + 1) * 16, contrast: height),
        ]
        return torn
    }

    /// The scene in so many channels of 8 bits a pixel, interleaved, row by row: 1 is grey, 3 RGB, 4 inks.
    package func pixels(channels: Int) -> [UInt8] {
        var generator = SplitMix64(seed: seed)
        let (width, height) = (size.width, size.height)
        let strength = Int(noise * 1024 / 4)
        let tinted = patches.filter { $0.tint != 0 }
        return [UInt8](unsafeUninitializedCapacity: width * height * channels) { bytes, count in
            for y in 0..<height {
                guard y < height - greyRows else {
                    for index in y * width * channels..<(y + 1) * width * channels { bytes[index] = 128 }
                    continue
                }
                for x in 0..<width {
                    let value = brightness(x, y)
                    let lastTint = tinted.reduce(0) { $0 + ($1.covers(x, y) ? $1.tint : 0) }
                    var coins: UInt64 = 0
                    for channel in 0..<channels {
                        // Four channels' tosses of 16 coins each would be coarse: every channel tosses its own 64.
                        if strength > 0 { coins = generator.next() }
                        let disturbance = strength > 0 ? (coins.nonzeroBitCount &- 32) &* strength / 1024 : 0
                        var tint = channel &* (x &* 24 / width &- 12)
                        if channel == channels &- 1 { tint &+= lastTint }
                        bytes[(y &* width &+ x) &* channels &+ channel] =
                            UInt8(clamping: value &+ tint &+ disturbance)
                    }
                }
            }
            count = width * height * channels
        }
    }

    private func brightness(_ x: Int, _ y: Int) -> Int {
        var value = 70 + 60 * x / size.width + 50 * y / size.height + light
        if (x / 24 + y / 24) % 2 == 0 { value += 14 }
        let (fromLeft, fromTop) = (x - size.width / 3, y - size.height / 3)
        if fromLeft >= 0, fromTop >= 0, fromLeft < size.width / 4, fromTop < size.height / 3 {
            value += 30 + (fromTop / 3 % 2) * 9
        }
        for patch in patches where patch.covers(x, y) { value += patch.contrast }
        return value
    }
}
