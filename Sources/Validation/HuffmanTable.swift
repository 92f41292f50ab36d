internal import CEntropyScan

/// A Huffman table unfolded for reading a scan.
final class HuffmanTable: Sendable {
    nonisolated(unsafe) let pointer: OpaquePointer

    /// `nil` where the code is not one that ``EntropyScanWitness`` reads.
    init?(_ code: HuffmanCode) {
        let pointer = code.content.withUnsafeBufferPointer { content -> OpaquePointer? in
            guard let counts = content.baseAddress else { return nil }
            return huffman_table_create(code.codesMeans, counts, counts + 16)
        }
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit { huffman_table_destroy(pointer) }
}
