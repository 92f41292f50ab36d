/// The Huffman tables that ITU-T T.81 gives for an example, K.3 to K.6. A picture out of a Motion JPEG stream leaves them out and
/// means these; libjpeg-turbo puts the same ones in their place.
package enum StandardTables {
    /// How many codes there are of each length, and their values; `nil` where that table has no example.
    package static func content(forMeans codesMeans: Bool, _ number: Int) -> [UInt8]? {
        guard 0...1 ~= number else { return nil }
        return (codesMeans ? means : others)[number].content
    }

    static func code(forMeans codesMeans: Bool, _ number: Int) -> HuffmanCode? {
        guard 0...1 ~= number else { return nil }
        return (codesMeans ? means : others)[number]
    }

    private static let means = [
        HuffmanCode(codesMeans: true, content: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] + Array(0...11)),
        HuffmanCode(codesMeans: true, content: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0] + Array(0...11)),
    ]

    private static let others = [
        HuffmanCode(
            codesMeans: false,
            content: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D]
                + all(beginningWith: [
                    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07,
                    0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0,
                    0x24, 0x33, 0x62, 0x72, 0x82,
                ])),
        HuffmanCode(
            codesMeans: false,
            content: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77]
                + all(beginningWith: [
                    0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71,
                    0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xA1, 0xB1, 0xC1, 0x09, 0x23, 0x33, 0x52, 0xF0,
                    0x15, 0x62, 0x72, 0xD1, 0x0A, 0x16, 0x24, 0x34, 0xE1, 0x25, 0xF1,
                ])),
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
