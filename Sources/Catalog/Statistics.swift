public import Vocabulary

/// Totals over a stretch of time.
public struct Statistics: Hashable, Sendable {
    /// Frames captured, and not removed since.
    public internal(set) var frames = 0
    /// The bytes of their pictures as captured, each frame's counted.
    public internal(set) var bytes = ByteCount.zero
    /// Frames that were captured and removed since. A run of the ledger that reaches out of the stretch counts in proportion.
    public internal(set) var removed = 0
    /// What all pictures of the archive take in it and in packs, each counted once and as small as compacting made it; `nil` where the totals
    /// are of a part.
    public internal(set) var storedBytes: ByteCount?
    /// By how much compacting made the archive's pictures smaller; `nil` where the totals are of a part.
    public internal(set) var compactedBytes: ByteCount?
    /// How many pictures lie in packs and not in the archive's file; `nil` where the totals are of a part.
    public internal(set) var offloadedPictures: Int?
    /// What those take there: a part of ``storedBytes``.
    public internal(set) var offloadedBytes: ByteCount?
    /// Frames by what they are suspected of.
    public internal(set) var suspects: [String: Int] = [:]
    /// Slots that showed the last kept frame again, whether fetched or known to be unchanged.
    public internal(set) var duplicates = 0
    /// What those repetitions would have taken in the archive.
    public internal(set) var bytesSaved = ByteCount.zero
    /// What came over the network. A run that reaches out of the stretch counts in proportion to its slots.
    public internal(set) var received = ByteCount.zero
    /// Slots by outcome; every outcome is there.
    public internal(set) var slots: [SlotOutcome: Int] = Dictionary(
        uniqueKeysWithValues: SlotOutcome.allCases.map { ($0, 0) })
    /// Rejected slots by verdict.
    public internal(set) var rejections: [String: Int] = [:]
    /// Hours that have frames, in order.
    public internal(set) var hours: [Hour] = []
    /// Cameras, by name.
    public internal(set) var cameras: [Camera] = []
    /// Prints that have frames, in order.
    public internal(set) var prints: [Print] = []

    /// Days in UTC that have frames, in order.
    public var days: [Day] { days { _ in .zero } }

    /// Days of a time zone that have frames, in order. Where it is no whole number of hours from UTC, an hour of frames counts
    /// for the day in which it begins.
    ///
    /// - Parameter offset: how far the zone is ahead of UTC at an instant.
    public func days(offset: (Timestamp) -> Duration) -> [Day] {
        var days: [Day] = []
        for hour in hours {
            let name = String((hour.hour + offset(hour.hour)).description.prefix(10))
            let before = days.last?.day == name ? days.removeLast() : Day(day: name, frames: 0, bytes: 0)
            days.append(Day(day: name, frames: before.frames + hour.frames, bytes: before.bytes + hour.bytes))
        }
        return days
    }

    /// The frames of one hour.
    public struct Hour: Hashable, Sendable {
        /// When it begins: a whole hour in UTC.
        public let hour: Timestamp
        public let frames: Int
        /// The bytes of the frames' pictures as captured.
        public let bytes: Int64
    }

    /// The frames of one day.
    public struct Day: Hashable, Sendable {
        /// `2026-11-23`
        public let day: String
        public let frames: Int
        /// The bytes of the frames' pictures as captured.
        public let bytes: Int64
    }

    /// The frames of one camera.
    public struct Camera: Hashable, Sendable {
        public let camera: String
        public let frames: Int
        /// The bytes of the frames' pictures as captured.
        public let bytes: Int64
    }

    /// The frames of one print.
    public struct Print: Hashable, Sendable {
        /// The archive's number of the print job.
        public let print: Int64
        public let camera: String
        /// The name of what is printed, as OctoPrint shows it.
        public let name: String?
        public let frames: Int
        /// The bytes of the frames' pictures as captured.
        public let bytes: Int64
    }
}

extension Statistics: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("frames", \.frames),
        Field("bytes", \.bytes),
        Field("removed", \.removed),
        Field("stored_bytes", \.storedBytes),
        Field("compacted_bytes", \.compactedBytes),
        Field("offloaded_pictures", \.offloadedPictures),
        Field("offloaded_bytes", \.offloadedBytes),
        Field("duplicates", \.duplicates),
        Field("bytes_saved", \.bytesSaved),
        Field("received", \.received),
        Field("slots") { Dictionary(uniqueKeysWithValues: $0.slots.map { ($0.key.rawValue, $0.value) }) },
        Field("rejections", \.rejections),
        Field("suspects", \.suspects),
        Field("hours", \.hours),
        Field("days", \.days),
        Field("cameras", \.cameras),
        Field("prints", \.prints),
    ]
}

extension Statistics.Hour: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("hour", \.hour),
        Field("frames", \.frames),
        Field("bytes", \.bytes),
    ]
}

extension Statistics.Day: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("day", \.day), Field("frames", \.frames), Field("bytes", \.bytes),
    ]
}

extension Statistics.Camera: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("camera", \.camera), Field("frames", \.frames), Field("bytes", \.bytes),
    ]
}

extension Statistics.Print: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("print", \.print), Field("camera", \.camera), Field("name", \.name), Field("frames", \.frames),
        Field("bytes", \.bytes),
    ]
}
