internal import CEntropyScan

/// A Huffman table as a picture sends it (ITU-T T.81, B.2.4.2).
struct HuffmanCode: Hashable {
    /// Of what it codes: of blocks' means (DC) or of their other coefficients (AC).
    let codesMeans: Bool
    /// How many codes there are of 1 to 16 bits, then what they stand for.
    let content: [UInt8]
}
