public import Vocabulary

/// What has to be known of frames to play them: their numbers and times, and which of them are marked.
public struct Reel: Hashable, Sendable {
    public struct Entry: Hashable, Comparable, Sendable {
        public let capturedAt: Timestamp
        public let id: FrameID

        public init(capturedAt: Timestamp, id: FrameID) { (self.capturedAt, self.id) = (capturedAt, id) }

        public static func < (left: Entry, right: Entry) -> Bool {
            (left.capturedAt, left.id) < (right.capturedAt, right.id)
        }
    }

    /// In order.
    public internal(set) var entries: [Entry] = []
    /// Whether more come after these.
    public internal(set) var isCut = false
    /// The places, in order, of those that may not be what the camera saw.
    public internal(set) var suspect: [Int] = []
    /// The places of those whose picture is known to be damaged.
    public internal(set) var damaged: [Int] = []
    public internal(set) var excluded: [Int] = []
    public internal(set) var pinned: [Int] = []
    public internal(set) var noted: [Int] = []

    /// The place of the page that follows; `nil` where none does.
    public var next: FrameCursor? {
        guard isCut, let last = entries.last else { return nil }
        return FrameCursor(capturedAt: last.capturedAt, id: last.id)
    }

    /// Where an entry is, if it is here.
    func place(of entry: Entry) -> Int? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] < entry { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low] == entry ? low : nil
    }
}
