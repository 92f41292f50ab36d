internal import Synchronization

/// Tables that were unfolded before. A camera sends the same ones with every picture, and unfolding them takes as long as reading
/// a small picture.
final class HuffmanTableCache: Sendable {
    /// For all cameras: most send the tables that the standard gives for an example.
    static let shared = HuffmanTableCache()

    /// Cameras that compute tables for each picture would fill the memory.
    private static let most = 64
    private let tables = Mutex<[HuffmanCode: HuffmanTable]>([:])

    /// `nil` where the code is not one that ``EntropyScanWitness`` reads.
    func table(of code: HuffmanCode) -> HuffmanTable? {
        if let known = tables.withLock({ $0[code] }) { return known }
        guard let table = HuffmanTable(code) else { return nil }
        tables.withLock { tables in
            if tables.count == Self.most { tables.removeAll() }
            tables[code] = table
        }
        return table
    }
}
