import Archive
import Catalog
import Monitoring
import Vocabulary

/// What `status` prints: the cameras' health, the archive's room, and whether something captures.
struct JobStatusReport: KeyedRecord {
    struct Camera: Sendable {
        let name: CameraName
        let health: CameraHealth
        let lastFrame: Timestamp?
        let usage: UsageReading?
    }

    let cameras: [Camera]
    let room: ArchiveRoom
    let writer: LockHolder?
    /// What is wrong with times, if something is.
    let clock: ClockTrouble?
    let now: Timestamp
    /// Why the next capture would not begin, although this one goes on: the file has several names.
    let names: ArchiveError?
    /// Those that make themselves.
    var timelapses: Timelapses
    /// Since when older pictures cannot be moved to their store.
    var offloadFailingSince: Timestamp?
    /// Since when a hub cannot be told of the archive.
    var publishFailingSince: Timestamp?
    /// How far one is told.
    var publication: PublishedArchive?
    /// Other machines whose records are here.
    var machines: [FollowedMachine] = []
    /// Cameras that were asked for and belong to one of them.
    private(set) var elsewhere: [(camera: CameraName, machine: String)] = []

    /// Whether there are cameras or other machines, and all of them are well.
    var isHealthy: Bool {
        !(cameras.isEmpty && machines.isEmpty) && cameras.allSatisfy(\.health.isHealthy)
            && machines.allSatisfy { $0.problem == nil }
    }

    /// Leaves the machines whose cameras were asked for by name.
    mutating func narrow(toMachinesOf asked: [CameraName]) {
        let names = Set(asked.map(\.text))
        machines = machines.filter { !names.isDisjoint(with: $0.cameras) }
        elsewhere = asked.compactMap { camera in
            machines.first { $0.cameras.contains(camera.text) }.map { (camera, $0.name) }
        }
    }

    static let fields: [Field<Self>] = [
        Field("healthy", \.isHealthy),
        Field("cameras", \.cameras),
        Field("capturing") { $0.writer != nil },
        Field("writer", \.writer?.description),
        Field("clock", \.clock?.label),
        Field("archive_problem", \.names?.label),
        Field("disk_free", \.room.free),
        Field("archive_bytes", \.room.used),
        Field("timelapses", \.timelapses),
        Field("offload_failing_since", \.offloadFailingSince),
        Field("publish_failing_since", \.publishFailingSince),
        Field("publication", \.publication),
        Field("machines", \.machines),
    ]

    /// How it is with timelapses that make themselves.
    struct Timelapses: KeyedRecord {
        /// How many were made, those included that were removed since.
        let made: Int
        /// Those that wait or are being made, the longest waiting first.
        var unfinished: [ArchivedTimelapse]

        /// Those of which an attempt failed.
        var failing: [ArchivedTimelapse] { unfinished.filter { $0.state == .waiting && $0.reason != nil } }

        static let fields: [Field<Self>] = [
            Field("made", \.made), Field("waiting", \.unfinished.count), Field("failing", \.failing.count),
            Field("waiting_since", \.unfinished.first?.dueAt), Field("reason", \.failing.first?.reason),
        ]
    }
}

extension JobStatusReport.Camera: KeyedRecord {
    static let fields: [Field<Self>] = [
        Field("camera", \.name),
        Field("healthy") { $0.health.isHealthy },
        Field("state", \.health.state),
        Field("since", \.health.since),
        Field("outcome", \.health.lastRun?.outcome),
        Field("detail") { $0.health.lastRun?.detail?.label },
        Field("last_slot_at", \.health.lastRun?.lastSlot),
        Field("last_frame_at", \.lastFrame),
        Field("total", \.usage?.total),
        Field("monthly_cap", \.usage?.monthlyCap),
        Field("reset_at", \.usage?.resetAt),
    ]
}
