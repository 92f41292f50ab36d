internal import Vocabulary

/// How many bits a second a video may have, so that its file is not larger than wanted.
struct RateLimit: Hashable, Sendable {
    /// Bits a second.
    let rate: Int
    /// Whether every second has just this rate; otherwise it has at most that, and less where the quality needs less.
    let isAverage: Bool

    /// What fits into a size, less a little for the container.
    init(for size: ByteCount, lasting microseconds: Int64) {
        let room = Double(size.bytes) * 0.96 - 4096
        rate = Self.sensible(room * 8 / (Double(max(1, microseconds)) / 1_000_000))
        isAverage = false
    }

    private init(average: Double) { (rate, isAverage) = (Self.sensible(average), true) }

    /// For a second try, after this limit led to a file of another size than it should.
    func corrected(actual: ByteCount, wanted: ByteCount) -> RateLimit {
        RateLimit(average: Double(rate) * Double(wanted.bytes) / Double(max(1, actual.bytes)) * 0.93)
    }

    /// Between what any picture needs and what encoders take.
    private static func sensible(_ rate: Double) -> Int { Int(min(400_000_000, max(8000, rate))) }
}
