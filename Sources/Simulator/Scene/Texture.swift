internal import Foundation

/// Smooth noise for surfaces, the same on every machine.
enum Texture {
    /// A number from 0 to 1 for a whole place.
    @inline(__always)
    static func speck(_ x: Int, _ y: Int, _ seed: UInt32) -> Double {
        var word = UInt32(truncatingIfNeeded: x) &* 0x8da6_b343 ^ UInt32(truncatingIfNeeded: y) &* 0xd816_3841 ^ seed
        word = (word ^ (word >> 15)) &* 0x2c1b_3c6d
        word = (word ^ (word >> 12)) &* 0x297a_2d39
        return Double(word ^ (word >> 15)) * 0x1p-32
    }

    /// Value noise from 0 to 1 that changes over a distance of 1.
    static func noise(_ x: Double, _ y: Double, _ seed: UInt32) -> Double {
        let (column, row) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
        let (u, v) = (eased(x - Double(column)), eased(y - Double(row)))
        let top = speck(column, row, seed) * (1 - u) + speck(column + 1, row, seed) * u
        let bottom = speck(column, row + 1, seed) * (1 - u) + speck(column + 1, row + 1, seed) * u
        return top * (1 - v) + bottom * v
    }

    /// Noise on several scales, 0 to 1.
    static func clouds(_ x: Double, _ y: Double, _ seed: UInt32, octaves: Int = 4) -> Double {
        var (sum, weight, total, scale) = (0.0, 1.0, 0.0, 1.0)
        for octave in 0..<octaves {
            sum += noise(x * scale, y * scale, seed &+ UInt32(octave)) * weight
            total += weight
            weight *= 0.5
            scale *= 2.03
        }
        return sum / total
    }

    /// 0 below the first edge, 1 above the second, smooth between.
    static func step(_ from: Double, _ to: Double, _ value: Double) -> Double {
        eased(min(1, max(0, (value - from) / (to - from))))
    }

    private static func eased(_ value: Double) -> Double { value * value * (3 - 2 * value) }
}
