/// An element of EBML, the binary tree that Matroska is written in (RFC 8794): an identifier, a length and a content.
struct EBMLElement {
    let bytes: [UInt8]

    /// - Parameter identifier: with its length marker, as the specifications print it: `0x1A45DFA3` (RFC 8794, 5).
    init(_ identifier: UInt32, _ content: some Collection<UInt8>) {
        bytes = Self.head(identifier, count: content.count) + content
    }

    /// A number, in as few bytes as it needs (RFC 8794, 7.2).
    init(_ identifier: UInt32, _ number: Int) { self.init(identifier, Self.bytes(of: UInt64(number))) }

    init(_ identifier: UInt32, _ text: String) { self.init(identifier, Array(text.utf8)) }

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
    private static func length(_ count: UInt64) -> [UInt8] {
        let marked = count | 1 << 56
        return (0..<8).map { UInt8(truncatingIfNeeded: marked >> (56 - 8 * $0)) }
    }

    /// Most significant first, without zeros before it.
    private static func bytes(of number: UInt64) -> [UInt8] {
        let count = max(1, (64 - number.leadingZeroBitCount + 7) / 8)
        return (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * (count - 1 - $0))) }
    }
}
