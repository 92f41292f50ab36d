public import Budget
public import Deduplication
public import Snapshots
public import Tunnel
public import Vocabulary

/// A camera as the job is to run it.
public struct CameraSetup: Sendable {
    public var name: CameraName
    public var source: CameraSource
    public var interval: Duration
    public var nearDuplicates: NearDuplicates
    public var capStop: CapStop

    public static let standardInterval = Duration.seconds(10)

    public init(
        name: CameraName, source: CameraSource, interval: Duration = standardInterval,
        nearDuplicates: NearDuplicates = .keep, capStop: CapStop = .standard
    ) {
        self.name = name
        self.source = source
        self.interval = interval
        self.nearDuplicates = nearDuplicates
        self.capStop = capStop
    }
}

/// Where a camera's snapshots come from.
public enum CameraSource: Sendable {
    /// The webcam API of a tunnel.
    case tunnel(TunnelEndpoint)
    /// A plain snapshot URL.
    case url(CameraURL)
}

/// When a job ends by itself; each count is for each camera. With none of them it runs until it is told to stop.
public struct JobEnd: Hashable, Sendable {
    public var slots: Int?
    public var frames: Int?
    public var duration: Duration?

    public init(slots: Int? = nil, frames: Int? = nil, duration: Duration? = nil) {
        (self.slots, self.frames, self.duration) = (slots, frames, duration)
    }

    /// Whether the job has an end of its own.
    public var isBounded: Bool { slots != nil || frames != nil || duration != nil }
}

extension NearDuplicates {
    /// Where near duplicates are dropped, a frame is kept after this long all the same.
    public static let standardLongestGap = Duration.seconds(600)
}
