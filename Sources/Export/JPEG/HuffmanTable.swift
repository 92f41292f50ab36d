/// Which Huffman table of a JPEG, as a DHT segment names it: its class in the upper half of a byte, 0 for the blocks' means
/// and 1 for all else, and its number in the lower (ITU-T T.81, B.2.4.2).
struct HuffmanTable: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt8

    static func direct(_ number: UInt8) -> HuffmanTable { HuffmanTable(rawValue: number) }
    static func alternating(_ number: UInt8) -> HuffmanTable { HuffmanTable(rawValue: 0x10 | number) }

    /// A DHT segment that defines these tables as the standard's examples do (K.3.3), which is what a picture means that
    /// leaves them out: libjpeg-turbo puts the same ones in their place. `nil` where one has no example.
    static func standard(_ tables: Set<HuffmanTable>) -> [UInt8]? {
        var content: [UInt8] = []
        for table in tables.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let definition = examples[table] else { return nil }
            content += [table.rawValue] + definition
        }
        return [0xFF, 0xC4, UInt8((content.count + 2) >> 8), UInt8((content.count + 2) & 255)] + content
    }

    /// How many codes there are of each length, and their values.
    private static let examples: [HuffmanTable: [UInt8]] = [
        .direct(0): [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] + Array(0...11),
        .direct(1): [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0] + Array(0...11),
        .alternating(0): [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D]
            + all(beginningWith: [
                0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22,
                0x71, 0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0, 0x24, 0x33,
                0x62, 0x72, 0x82,
            ]),
        .alternating(1): [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77]
            + all(beginningWith: [
                0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13,
                0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xA1, 0xB1, 0xC1, 0x09, 0x23, 0x33, 0x52, 0xF0, 0x15, 0x62,
                0x72, 0xD1, 0x0A, 0x16, 0x24, 0x34, 0xE1, 0x25, 0xF1,
            ]),
    ]

    /// All values that coefficients have (K.3.3.2): a run of up to 15 zeros and a size of 1 to 10 bits, 16 zeros, and the end
    /// of the block. The rare ones stand in their order behind the others.
    private static func all(beginningWith frequent: [UInt8]) -> [UInt8] {
        frequent
            + (0...255).filter { (value: UInt8) in
                (1...10).contains(value & 15) && !frequent.contains(value)
            }
    }
}
