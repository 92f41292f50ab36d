import Archive
package import Vocabulary

/// What the slots of one camera, or of all, came to.
package struct CaptureSummary: Sendable, KeyedRecord {
    package private(set) var slots: [SlotOutcome: Int] = [:]
    package private(set) var framesStored = 0
    package private(set) var bytesStored = ByteCount.zero
    package private(set) var bytesReceived = ByteCount.zero
    package let from: Timestamp
    package internal(set) var until: Timestamp
    /// Where the camera is to go on, if it was only told to come to rest.
    var rest: CameraRest?

    init(from: Timestamp) {
        self.from = from
        until = from
    }

    /// Whether the job saw a picture at all, new or known.
    package var sawPictures: Bool {
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

    package static let fields: [Field<Self>] = [
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
