internal import Archive
internal import Vocabulary

/// The perceptual hashes of all frames, packed in memory so that one can be compared with all others in milliseconds: 28 bytes
/// a frame.
///
/// Frames are in it in the order of their numbers, and stay when they are removed from the archive: whoever takes a frame
/// from here asks the archive for its record.
struct HashTable: Sendable {
    /// Neighbouring frames. Full but for the last one.
    struct Block: Sendable {
        var hashes: [UInt64] = []
        var ids: [Int64] = []
        var instants: [Int64] = []
        var cameras: [Int32] = []
        /// When the first and the last of them was captured.
        var span: ClosedRange<Int64>?

        mutating func append(_ row: HashedFrame) {
            hashes.append(row.hash)
            ids.append(row.id)
            instants.append(row.capturedAt)
            cameras.append(row.camera)
            span = min(span?.lowerBound ?? .max, row.capturedAt)...max(span?.upperBound ?? .min, row.capturedAt)
        }
    }

    static let blockSize = 1 << 16

    private(set) var blocks: [Block] = []

    /// The highest number in it; 0 where it is empty.
    var last: Int64 { blocks.last?.ids.last ?? 0 }

    /// How many frames the last block has room for.
    var room: Int { Self.blockSize - (blocks.last?.ids.count ?? Self.blockSize) }

    /// Adds frames in the order of their numbers; those up to ``last`` are in it already.
    mutating func append(_ rows: [HashedFrame]) {
        for row in rows where row.id > last {
            if room == 0 || blocks.isEmpty { blocks.append(Block()) }
            blocks[blocks.count - 1].append(row)
        }
    }
}

/// What a ``HashTable`` knows of a frame.
struct HashedFrame: Sendable {
    let id: Int64
    let hash: UInt64
    let capturedAt: Int64
    /// The archive's number of the camera.
    let camera: Int32
}
