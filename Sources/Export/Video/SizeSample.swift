/// Which frames of a video are encoded to tell how large all of it becomes, and what their sizes say of it.
///
/// Some stretches, evenly spread: what moves little at night and much by day is seen in its share. Each begins with a key frame,
/// which takes many times the bytes of those after it, and is counted as often as the whole video has one.
struct SizeSample: Hashable, Sendable {
    /// How many frames the whole video has.
    let count: Int
    /// How many frames lie from one key frame to the next; `nil` where only the first is one.
    let keyFrames: Int?
    /// Of frames of the video, from 0, in order.
    let stretches: [Range<Int>]

    /// An encoder looks so far ahead to tell what a picture is worth to those after it (x264: 40 frames).
    private static let usualLength = 40
    /// Fewer say nothing of how pictures follow from each other.
    private static let leastLength = 12
    private static let usualStretches = 5

    /// - Parameters:
    ///   - count: 1 or more.
    ///   - most: about so many frames are to be encoded.
    init(of count: Int, keyFrames: Int?, atMost most: Int) {
        (self.count, self.keyFrames) = (count, keyFrames)
        let length = max(Self.leastLength, min(Self.usualLength, most / Self.usualStretches))
        let stretches = max(1, most / length)
        guard count > stretches * length else {
            self.stretches = [0..<count]
            return
        }
        self.stretches = (0..<stretches).map { number in
            // In the middle of its own part of the video.
            let part = count * number / stretches..<count * (number + 1) / stretches
            let start = part.lowerBound + (part.count - length) / 2
            return start..<start + length
        }
    }

    /// The frames to encode, in order.
    var places: [Int] { stretches.flatMap { $0 } }
    /// Where stretches begin among them.
    var beginnings: [Int] {
        var (beginnings, next) = ([Int](), 0)
        for stretch in stretches {
            beginnings.append(next)
            next += stretch.count
        }
        return beginnings
    }
    /// Whether nothing is left out.
    var isWhole: Bool { stretches == [0..<count] }

    /// The size of all frames.
    ///
    /// - Parameter sizes: in bytes, one for each of ``places``; those that could not be read may be missing at the end.
    func bytes(of sizes: [Int]) -> Int {
        guard !isWhole else { return sizes.reduce(0, +) }
        var (keys, others) = (Mean(), Mean())
        var next = 0
        for stretch in stretches {
            for offset in 0..<stretch.count where next + offset < sizes.count {
                let isKey = keyFrames.map { offset.isMultiple(of: $0) } ?? (offset == 0)
                if isKey { keys.add(sizes[next + offset]) } else { others.add(sizes[next + offset]) }
            }
            next += stretch.count
        }
        let keyCount = keyFrames.map { (count + $0 - 1) / $0 } ?? 1
        return Int(Double(keyCount) * keys.value + Double(count - keyCount) * (others.value))
    }

    /// The size of all frames, where only that of the sample is known, and that of the first frames of its stretches by themselves.
    func bytes(ofSample sample: Int, beginnings: Int) -> Int {
        guard !isWhole else { return sample }
        let first = Double(beginnings) / Double(stretches.count)
        let others = Double(max(0, sample - beginnings)) / Double(places.count - stretches.count)
        return Int(first + Double(count - 1) * others)
    }

    private struct Mean {
        private var (sum, count) = (0, 0)
        var value: Double { count > 0 ? Double(sum) / Double(count) : 0 }
        mutating func add(_ number: Int) { (sum, count) = (sum + number, count + 1) }
    }
}
