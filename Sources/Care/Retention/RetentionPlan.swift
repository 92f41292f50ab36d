package import Vocabulary

/// What a policy would remove from an archive, and why.
package struct RetentionPlan: Sendable {
    /// Frames of one camera that go for one reason.
    package struct Entry: Hashable, Sendable {
        package let reason: RetentionReason
        package let camera: CameraName
        package internal(set) var frames: Int
        /// Of their pictures. A picture that frames which stay show as well takes its room all the same.
        package internal(set) var bytes: ByteCount
        /// The oldest's instant.
        package internal(set) var from: Timestamp
        /// The newest's instant.
        package internal(set) var until: Timestamp
    }

    /// By camera and reason.
    package internal(set) var entries: [Entry] = []
    /// Frames that stay although the policy would have them go.
    package internal(set) var spared: [RetentionGuard: Int] = [:]
    /// What is wanting to the size or the free space that the policy asks for, where all that may go does not suffice.
    package internal(set) var shortfall = ByteCount.zero
    /// The frames, camera by camera in the order of time.
    var removals: [CameraRemovals] = []

    package var frames: Int { entries.reduce(0) { $0 + $1.frames } }
    /// Of their pictures.
    package var bytes: ByteCount { entries.reduce(.zero) { $0 + $1.bytes } }
}

/// The frames of one camera that go, in the order of time.
struct CameraRemovals: Sendable {
    struct Removal: Sendable {
        let place: FramePlace
        let bytes: UInt32
    }

    let camera: Int64
    let name: CameraName
    private(set) var entries: [RetentionPlan.Entry] = []
    private(set) var removals: [Removal] = []

    init(camera: Int64, name: CameraName) {
        (self.camera, self.name) = (camera, name)
    }

    mutating func add(_ frame: FrameOutline, _ reason: RetentionReason) {
        let at = Timestamp(milliseconds: frame.capturedAt)
        let index = entries.firstIndex { $0.reason == reason } ?? entries.count
        if index == entries.count {
            entries.append(
                RetentionPlan.Entry(reason: reason, camera: name, frames: 0, bytes: .zero, from: at, until: at))
        }
        entries[index].frames += 1
        entries[index].bytes += ByteCount(frame.bytes)
        entries[index].from = min(entries[index].from, at)
        entries[index].until = max(entries[index].until, at)
        removals.append(Removal(place: frame.place, bytes: frame.bytes))
    }

    mutating func sort() { removals.sort { $0.place < $1.place } }
}

extension RetentionPlan: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("frames", \.frames),
        Field("bytes", \.bytes),
        Field("entries", \.entries),
        Field("spared") { Dictionary(uniqueKeysWithValues: $0.spared.map { ($0.key.label, $0.value) }) },
        Field("shortfall", \.shortfall),
    ]
}

extension RetentionPlan.Entry: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("reason") { $0.reason.label },
        Field("explanation") { $0.reason.phrase },
        Field("camera", \.camera),
        Field("frames", \.frames),
        Field("bytes", \.bytes),
        Field("from", \.from),
        Field("until", \.until),
    ]
}
