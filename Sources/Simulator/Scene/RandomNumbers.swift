/// SplitMix64: small, fast, and the same numbers on every machine for the same seed.
///
/// Steele, Lea, Flood, “Fast Splittable Pseudorandom Number Generators”, OOPSLA 2014.
struct RandomNumbers: RandomNumberGenerator {
    private var state: UInt64

    /// - Parameter stream: numbers that tell apart what uses the same seed for different things.
    init(seed: UInt64, _ stream: UInt64...) {
        state = seed
        for word in stream {
            state = Self.mixed(state &+ 0x9E37_79B9_7F4A_7C15) ^ word
        }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// Evenly from 0 up to 1.
    mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Nearly normal with mean 0 and deviation 1: the sum of twelve even numbers (Irwin–Hall).
    mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return sum
    }

    private static func mixed(_ word: UInt64) -> UInt64 {
        var mixed = word
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
