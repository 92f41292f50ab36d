internal import Validation

/// Which Huffman table of a JPEG, as a DHT segment names it: its class in the upper half of a byte, 0 for the blocks' means
/// and 1 for all else, and its number in the lower (ITU-T T.81, B.2.4.2).
struct HuffmanTable: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt8

    static func direct(_ number: UInt8) -> HuffmanTable { HuffmanTable(rawValue: number) }
    static func alternating(_ number: UInt8) -> HuffmanTable { HuffmanTable(rawValue: 0x10 | number) }

    /// A DHT segment that defines these tables as the standard's examples do (K.3.3), which is what a picture means that
    /// leaves them out. `nil` where one has no example.
    static func standard(_ tables: Set<HuffmanTable>) -> [UInt8]? {
        var content: [UInt8] = []
        for table in tables.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard table.rawValue < 0x20,
                let definition = StandardTables.content(
                    forMeans: table.rawValue < 0x10, Int(table.rawValue & 15))
            else { return nil }
            content += [table.rawValue] + definition
        }
        return [0xFF, 0xC4, UInt8((content.count + 2) >> 8), UInt8((content.count + 2) & 255)] + content
    }
}
