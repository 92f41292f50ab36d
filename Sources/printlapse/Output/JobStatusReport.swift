import Catalog
import Monitoring
import Vocabulary

/// What `status` prints: the cameras' health, the archive's room, and whether something captures.
struct JobStatusReport: Encodable {
    struct Camera {
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

    /// Whether there are cameras and all of them are well.
    var isHealthy: Bool { !cameras.isEmpty && cameras.allSatisfy(\.health.isHealthy) }

    private enum Key: String, CodingKey {
        case healthy, cameras, capturing, writer, clock
        case archiveProblem = "archive_problem"
        case diskFree = "disk_free"
        case archiveBytes = "archive_bytes"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(isHealthy, forKey: .healthy)
        try container.encode(cameras, forKey: .cameras)
        try container.encode(writer != nil, forKey: .capturing)
        try container.encode(writer?.description, forKey: .writer)
        try container.encode(clock?.label, forKey: .clock)
        try container.encode(names?.label, forKey: .archiveProblem)
        try container.encode(room.free.bytes, forKey: .diskFree)
        try container.encode(room.used.bytes, forKey: .archiveBytes)
    }
}

extension JobStatusReport.Camera: Encodable {
    private enum Key: String, CodingKey {
        case camera, healthy, state, since, outcome, detail
        case lastSlot = "last_slot_at"
        case lastFrame = "last_frame_at"
        case total
        case monthlyCap = "monthly_cap"
        case resetAt = "reset_at"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name.text, forKey: .camera)
        try container.encode(health.isHealthy, forKey: .healthy)
        try container.encode(health.state.rawValue, forKey: .state)
        try container.encode(health.since?.description, forKey: .since)
        try container.encode(health.lastRun?.outcome.rawValue, forKey: .outcome)
        try container.encode(health.lastRun?.detail, forKey: .detail)
        try container.encode(health.lastRun?.lastSlot.description, forKey: .lastSlot)
        try container.encode(lastFrame?.description, forKey: .lastFrame)
        try container.encode(usage?.total.bytes, forKey: .total)
        try container.encode(usage?.monthlyCap?.bytes, forKey: .monthlyCap)
        try container.encode(usage?.resetAt.description, forKey: .resetAt)
    }
}
