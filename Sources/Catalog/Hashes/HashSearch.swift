internal import CHashScan
internal import Vocabulary

/// Which frames of a ``HashTable`` are looked for, and in which order: the nearest first, and by their numbers among
/// those equally near.
struct HashSearch: Sendable {
    struct Hit: Hashable, Sendable {
        let distance: Int
        let id: Int64
    }

    let wanted: PerceptualHash
    /// The archive's number of the only camera that counts.
    var camera: Int32?
    /// When frames that count were captured.
    var instants: Range<Int64> = .min ..< .max
    var order: FrameOrder
    /// Only what comes after this one.
    var after: Hit?
    /// At most this many.
    var limit: Int

    /// The nearest frames. Both halves of the table are searched at once.
    func nearest(in table: HashTable) async -> [Hit] {
        let middle = table.blocks.count / 2
        async let first = concurrentlyNearest(in: table.blocks[..<middle])
        async let second = concurrentlyNearest(in: table.blocks[middle...])
        return Array(await (first + second).sorted(by: precedes).prefix(limit))
    }

    @concurrent private func concurrentlyNearest(in blocks: ArraySlice<HashTable.Block>) async -> [Hit] {
        nearest(in: blocks)
    }

    /// Goes through the blocks so that of frames equally near the first ones are met first: once as many as are asked for
    /// are found, only nearer ones count.
    private func nearest(in blocks: ArraySlice<HashTable.Block>) -> [Hit] {
        guard limit > 0 else { return [] }
        var hits: [Hit] = []
        let isForward = order == .oldestFirst
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.portion) { places in
            for block in isForward ? AnySequence(blocks) : AnySequence(blocks.reversed()) {
                guard let span = block.span, instants.overlaps(span) else { continue }
                let starts = Array(stride(from: 0, to: block.hashes.count, by: Self.portion))
                for start in isForward ? starts : starts.reversed() {
                    let farthest = hits.count == limit ? hits[limit - 1].distance - 1 : 64
                    guard farthest >= 0 else { return }
                    let count = min(Self.portion, block.hashes.count - start)
                    let found = block.hashes.withUnsafeBufferPointer { hashes in
                        block.cameras.withUnsafeBufferPointer { cameras in
                            hash_scan(
                                hashes.baseAddress?.advanced(by: start),
                                camera == nil ? nil : cameras.baseAddress?.advanced(by: start), count, wanted.bits,
                                Int32(farthest), camera ?? 0, places.baseAddress)
                        }
                    }
                    for turn in 0..<found {
                        let place = start + Int(places[isForward ? turn : found - 1 - turn])
                        guard let hit = hit(at: place, in: block) else { continue }
                        insert(hit, into: &hits)
                    }
                }
            }
        }
        return hits
    }

    /// Small enough that the bound on the distance is soon a narrow one, large enough that the loop is one over hashes.
    private static let portion = 4096

    private func hit(at place: Int, in block: HashTable.Block) -> Hit? {
        guard instants.contains(block.instants[place]) else { return nil }
        let distance = wanted.distance(to: PerceptualHash(bits: block.hashes[place]))
        let hit = Hit(distance: distance, id: block.ids[place])
        if let after, !precedes(after, hit) { return nil }
        return hit
    }

    private func insert(_ hit: Hit, into hits: inout [Hit]) {
        if hits.count == limit {
            guard precedes(hit, hits[limit - 1]) else { return }
            hits.removeLast()
        }
        var (low, high) = (0, hits.count)
        while low < high {
            let middle = (low + high) / 2
            if precedes(hits[middle], hit) { low = middle + 1 } else { high = middle }
        }
        hits.insert(hit, at: low)
    }

    private func precedes(_ one: Hit, _ other: Hit) -> Bool {
        guard one.distance == other.distance else { return one.distance < other.distance }
        return order == .oldestFirst ? one.id < other.id : one.id > other.id
    }
}
