/// Chooses frames that go for want of room: first those that the owner left out of exports, then those that show what the frame
/// before them shows, the least new first, and only then the oldest.
///
/// What a frame shows is held against its neighbour that stays, so that slow change adds up: when a frame goes, its
/// successor's change is no longer known, and has to be measured before it may go as well. A pure value: measuring is up to whoever
/// holds it.
struct RoomThinning {
    /// Camera by camera in the order of time.
    private(set) var frames: [FrameOutline]
    /// What goes, in the order in which it was chosen.
    private(set) var removed: [(index: Int, reason: RetentionReason)] = []
    /// The bytes that are still wanting.
    private(set) var deficit: Int64
    private var previous: [Int32]
    private var next: [Int32]
    private var isGone: [Bool]
    /// Frames that may go once their change is known.
    private var unmeasured: [Int32] = []
    private var firstUnmeasured = 0
    /// Frames whose change is known and nothing but noise.
    private var alike: [Int32] = []

    /// The greatest change at which two pictures show the same.
    static let noise: Int16 = 6
    /// What a frame takes beside its picture: its record and its places in the indexes.
    static let overhead: Int64 = 400

    private static let none: Int32 = -1

    /// - Parameters:
    ///   - cameras: the frames of each camera in the order of time. A change that was measured against a frame which is not
    ///     among them is to be ``FrameOutline/unknown``.
    ///   - deficit: the bytes that are wanting.
    init(cameras: [[FrameOutline]], deficit: Int64) {
        frames = Array(cameras.joined())
        self.deficit = deficit
        isGone = [Bool](repeating: false, count: frames.count)
        previous = (0..<Int32(frames.count)).map { $0 - 1 }
        next = (0..<Int32(frames.count)).map { $0 + 1 }
        var start = 0
        for camera in cameras where !camera.isEmpty {
            previous[start] = Self.none
            start += camera.count
            next[start - 1] = Self.none
        }
        for index in frames.indices { settle(index) }
        unmeasured.sort { frames[Int($0)].place < frames[Int($1)].place }
    }

    /// Whether enough goes.
    var isEnough: Bool { deficit <= 0 }

    mutating func removeExcluded() {
        let excluded = frames.indices.filter { frames[$0].isExcluded && !frames[$0].isSafe }
        removeOldest(of: excluded, .excluded)
    }

    /// Removes frames whose change is known to be noise: the least first, and of equals the oldest.
    mutating func removeAlike() {
        alike.sort { one, other in
            let (one, other) = (frames[Int(one)], frames[Int(other)])
            return (one.change, one.place) < (other.change, other.place)
        }
        for index in alike where !isEnough {
            // It was excluded, or its neighbour has gone a moment ago.
            guard !isGone[Int(index)], frames[Int(index)].change != FrameOutline.unknown else { continue }
            remove(Int(index), .alike)
        }
        alike = []
    }

    /// Some of the frames that have to be measured next, each with the one that it is held against.
    mutating func takeUnmeasured(limit: Int) -> [(index: Int, after: Int)] {
        var taken: [(index: Int, after: Int)] = []
        while taken.count < limit, firstUnmeasured < unmeasured.count {
            let index = Int(unmeasured[firstUnmeasured])
            firstUnmeasured += 1
            guard !isGone[index], previous[index] != Self.none else { continue }
            taken.append((index, Int(previous[index])))
        }
        return taken
    }

    /// - Parameter change: `nil` where the pictures cannot be compared.
    mutating func learn(_ change: Int?, of index: Int) {
        frames[index].change = change.map { Int16(clamping: $0) } ?? FrameOutline.allNew
        settle(index)
    }

    mutating func removeOldest() {
        removeOldest(of: frames.indices.filter { !isGone[$0] && !frames[$0].isSafe }, .oldest)
    }

    /// Safe frames that are older than the last one removed for its age, or all of them where that was not enough.
    func passedOver() -> [FrameOutline] {
        let end = isEnough ? removed.last { $0.reason == .oldest }.map { frames[$0.index].place } : nil
        guard !isEnough || end != nil else { return [] }
        return frames.filter { frame in frame.isSafe && (end.map { frame.place < $0 } ?? true) }
    }

    private mutating func removeOldest(of indexes: [Int], _ reason: RetentionReason) {
        for index in indexes.sorted(by: { frames[$0].place < frames[$1].place }) where !isEnough {
            remove(index, reason)
        }
    }

    private mutating func remove(_ index: Int, _ reason: RetentionReason) {
        isGone[index] = true
        removed.append((index, reason))
        deficit -= Int64(frames[index].bytes) + Self.overhead
        let (before, after) = (previous[index], next[index])
        if before != Self.none { next[Int(before)] = after }
        guard after != Self.none else { return }
        previous[Int(after)] = before
        // What was much already does not become noise by the loss of a neighbour that was noise.
        if frames[Int(after)].change <= Self.noise, frames[Int(after)].change != FrameOutline.unknown {
            frames[Int(after)].change = FrameOutline.unknown
            settle(Int(after))
        }
    }

    /// Puts a frame in the line where it belongs by what is known of it.
    private mutating func settle(_ index: Int) {
        let frame = frames[index]
        guard !frame.isSafe else { return }
        if frame.change == FrameOutline.unknown {
            unmeasured.append(Int32(index))
        } else if frame.change <= Self.noise {
            alike.append(Int32(index))
        }
    }
}
