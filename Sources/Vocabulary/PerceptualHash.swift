/// A 64-bit difference hash of a picture's luma, for finding pictures that look alike; never for deciding that two are the
/// same. Written as 16 lower-case hexadecimal digits, most significant bit first.
public struct PerceptualHash: Hashable, Sendable, CustomStringConvertible {
    public let bits: UInt64

    public init(bits: UInt64) {
        self.bits = bits
    }

    /// The number of differing bits, 0 to 64.
    public func distance(to other: PerceptualHash) -> Int {
        (bits ^ other.bits).nonzeroBitCount
    }

    public var description: String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
