import Archive
public import Vocabulary

/// What a job came to, as a whole and camera by camera.
public struct JobSummary: Sendable {
    public internal(set) var total: CaptureSummary
    public internal(set) var cameras: [CameraName: CaptureSummary] = [:]
}

/// What the slots of one camera, or of all, came to.
public struct CaptureSummary: Sendable, KeyedRecord {
    public private(set) var slots: [SlotOutcome: Int] = [:]
    public private(set) var framesStored = 0
    public private(set) var bytesStored = ByteCount.zero
    public private(set) var bytesReceived = ByteCount.zero
    public let from: Timestamp
    public internal(set) var until: Timestamp
    /// Where the camera is to go on, if it was only told to come to rest.
    var rest: CameraRest?

    init(from: Timestamp) {
        self.from = from
        until = from
    }

    /// Whether the job saw a picture at all, new or known.
    public var sawPictures: Bool {
        [.stored, .duplicate, .unchanged].contains { slots[$0, default: 0] > 0 }
    }

    mutating func add(_ report: SlotReport) {
        slots[report.outcome, default: 0] += 1
        bytesReceived += report.received
        if let frame = report.frame {
            framesStored += 1
            bytesStored += frame.bytes
        }
    }

    mutating func addMissed(_ count: Int) {
        slots[.missed, default: 0] += count
    }

    mutating func add(_ other: CaptureSummary) {
        slots.merge(other.slots, uniquingKeysWith: +)
        framesStored += other.framesStored
        bytesStored += other.bytesStored
        bytesReceived += other.bytesReceived
        until = max(until, other.until)
    }

    public static let fields: [Field<Self>] = [
        Field("slots") { summary in
            Dictionary(
                uniqueKeysWithValues: SlotOutcome.allCases.map { ($0.rawValue, summary.slots[$0, default: 0]) })
        },
        Field("frames_stored", \.framesStored),
        Field("bytes_stored", \.bytesStored),
        Field("bytes_received", \.bytesReceived),
        Field("from", \.from),
        Field("until", \.until),
    ]
}
