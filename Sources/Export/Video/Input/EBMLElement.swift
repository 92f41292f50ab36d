internal import Vocabulary

/// An element of EBML, the binary tree that Matroska is written in (RFC 8794): an identifier, a length and a content.
struct EBMLElement {
    let identifier: UInt32
    /// All of it.
    let bytes: [UInt8]

    /// - Parameter identifier: with its length marker, as the specifications print it: `0x1A45DFA3` (RFC 8794, 5).
    init(_ identifier: UInt32, _ content: some Collection<UInt8>) {
        self.identifier = identifier
        bytes = Self.head(identifier, count: content.count) + content
    }

    /// A number, in as few bytes as it needs (RFC 8794, 7.2).
    init(_ identifier: UInt32, _ number: Int) { self.init(identifier, Self.bytes(of: UInt64(number))) }

    init(_ identifier: UInt32, _ text: String) { self.init(identifier, Array(text.utf8)) }

    /// A number in 8 bytes whatever it is, so that another one fits in its place (RFC 8794, 7.2).
    init(_ identifier: UInt32, wide number: UInt64) { self.init(identifier, Self.eightBytes(of: number)) }

    /// A number with a fraction (RFC 8794, 7.3).
    init(_ identifier: UInt32, _ number: Double) { self.init(identifier, wide: number.bitPattern) }

    /// An instant, in nanoseconds since the year 2001 began (RFC 8794, 7.6).
    init(_ identifier: UInt32, _ instant: Timestamp) {
        let since2001 = (instant.milliseconds - 978_307_200_000) * 1_000_000
        self.init(identifier, wide: UInt64(bitPattern: since2001))
    }

    /// An element that holds others.
    init(_ identifier: UInt32, _ children: [EBMLElement]) { self.init(identifier, children.flatMap(\.bytes)) }

    /// What stands before a content of so many bytes.
    static func head(_ identifier: UInt32, count: Int) -> [UInt8] {
        bytes(of: UInt64(identifier)) + length(UInt64(count))
    }

    /// What stands before a content that ends with the stream (RFC 8794, 6.2).
    static func endlessHead(_ identifier: UInt32) -> [UInt8] {
        bytes(of: UInt64(identifier)) + [0x01] + [UInt8](repeating: 0xFF, count: 7)
    }

    /// A length in 8 bytes, the first of which says that there are 8 (RFC 8794, 4).
    static func length(_ count: UInt64) -> [UInt8] { eightBytes(of: count | 1 << 56) }

    /// Most significant first.
    private static func eightBytes(of number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    /// Most significant first, without zeros before it.
    private static func bytes(of number: UInt64) -> [UInt8] {
        let count = max(1, (64 - number.leadingZeroBitCount + 7) / 8)
        return (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * (count - 1 - $0))) }
    }
}
