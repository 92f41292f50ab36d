/// Chooses the one frame of a stretch of time that stays: what is new stays, and slow change adds up.
///
/// Again and again the frame that changed least against its kept neighbour goes, the excluded ones before all others and of
/// equals the earlier. What was new in it, its successor now shows first: its change is added to the successor's. A sum never
/// makes less of a slow change than it is, and takes no picture to be decoded; when the frames go, what is left is measured. A pure value.
struct BucketThinning {
    /// The places of those that go, in no order.
    private(set) var removed: [Int] = []
    /// What was new in those that went since the last that stays: it belongs to the first frame after them.
    private(set) var carried: Int

    /// More than any measured change, so that a sum of many stays comparable.
    private static let most = 1 << 30

    /// - Parameters:
    ///   - frames: of one camera, in the order of time; every change is known.
    ///   - carried: the change of frames that went right before them.
    init(_ frames: [FrameOutline], carrying carried: Int = 0) {
        self.carried = 0
        var novelty = frames.map { Int($0.change) }
        if !novelty.isEmpty { novelty[0] += carried } else { self.carried = carried }
        let isAnySafe = frames.contains(where: \.isSafe)
        var surplus = isAnySafe ? frames.count { !$0.isSafe } : frames.count - 1
        guard surplus > 0 else { return }

        var next = Array(1...frames.count)
        var previous = Array(-1..<frames.count - 1)
        var isGone = [Bool](repeating: false, count: frames.count)
        var queue = LeastFirstQueue()
        for index in frames.indices where !frames[index].isSafe {
            queue.add(index, key: frames[index].isExcluded ? -1 : novelty[index])
        }
        while surplus > 0, let (index, key) = queue.removeLeast() {
            // A frame that has gained since it was put in line stands there once more.
            guard !isGone[index], frames[index].isExcluded || key == novelty[index] else { continue }
            isGone[index] = true
            removed.append(index)
            surplus -= 1
            let (before, after) = (previous[index], next[index])
            if before >= 0 { next[before] = after }
            guard after < frames.count else {
                self.carried += novelty[index]
                continue
            }
            previous[after] = before
            novelty[after] = min(Self.most, novelty[after] + novelty[index])
            if !frames[after].isSafe, !frames[after].isExcluded { queue.add(after, key: novelty[after]) }
        }
    }
}

/// A binary heap: the smallest key comes out first, and of equal keys the smallest index.
struct LeastFirstQueue {
    private var heap: [(index: Int, key: Int)] = []

    mutating func add(_ index: Int, key: Int) {
        heap.append((index, key))
        var child = heap.count - 1
        while child > 0, comes(heap[child], before: heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeLeast() -> (index: Int, key: Int)? {
        guard let least = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return least }
        heap[0] = last
        var parent = 0
        while true {
            var first = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if comes(heap[child], before: heap[first]) { first = child }
            }
            guard first != parent else { return least }
            heap.swapAt(first, parent)
            parent = first
        }
    }

    private func comes(_ one: (index: Int, key: Int), before other: (index: Int, key: Int)) -> Bool {
        one.key == other.key ? one.index < other.index : one.key < other.key
    }
}
