public import Budget
public import Deduplication
public import HTTP
public import Snapshots
public import Tunnel
public import Vocabulary

/// A camera as the job is to run it.
public struct CameraSetup: Hashable, Sendable {
    public var name: CameraName
    public var source: CameraSource
    /// OctoPrint's own API key; with it the job asks OctoPrint about its prints.
    public var octoPrintKey: Secret?
    public var policy: CapturePolicy

    public init(
        name: CameraName, source: CameraSource, octoPrintKey: Secret? = nil, policy: CapturePolicy = CapturePolicy()
    ) {
        (self.name, self.source) = (name, source)
        (self.octoPrintKey, self.policy) = (octoPrintKey, policy)
    }

    /// The tunnel that the camera is behind.
    public var endpoint: TunnelEndpoint? {
        if case .tunnel(let endpoint, _) = source { endpoint } else { nil }
    }
}

/// Where a camera's snapshots come from.
public enum CameraSource: Hashable, Sendable {
    case tunnel(TunnelEndpoint, TunnelPictures = .announced)
    /// A plain snapshot URL.
    case url(CameraURL)

    /// Whether pictures come that are charged in full.
    var takesLivePictures: Bool {
        switch self {
        case .tunnel(_, .live), .tunnel(_, .both): true
        case .tunnel(_, .announced), .url: false
        }
    }

    /// Whether announced pictures tell of prints.
    var announcesPictures: Bool {
        switch self {
        case .tunnel(_, .announced), .tunnel(_, .both): true
        case .tunnel(_, .live), .url: false
        }
    }
}

/// Which pictures a tunnel is asked for.
public enum TunnelPictures: Hashable, Sendable {
    /// Those that the webcam API announces.
    case announced
    /// The live camera's, which cost allowance.
    case live
    /// Announced ones; where those are not new, and only while a print runs, live ones.
    ///
    /// - Parameter share: live pictures may take no more than this part of the cap, 0 to 1.
    case both(liveShare: Double)

    /// Half of the cap.
    public static let standardLiveShare = 0.5
}

/// How a camera is captured, wherever its pictures come from.
public struct CapturePolicy: Hashable, Sendable {
    /// From one slot to the next, 10 ms or more.
    public var interval = Duration.seconds(10)
    public var nearDuplicates = NearDuplicates.keep
    public var capStop = CapStop.standard
    /// What of the allowance is kept for the owner's own use.
    public var ownersReserve = OwnersReserve.none
    /// Whether slots are left out so that the allowance lasts until its reset.
    public var isPaced = false
    /// The name of the account that the tunnel belongs to, where the owner says it: equal names share one budget.
    public var account: String?
    public var time = CaptureTime.always
    /// How long a camera may show the very same picture while something prints before it counts as frozen; `nil` for ever.
    public var frozenAfter: Duration? = CapturePolicy.standardFrozenAfter
    /// Whether the server's failure detection is asked with each frame.
    public var keepsPredictions = false
    /// How long a picture may take, where its owner says it.
    public var pictureDeadline: Duration?

    public init() {}

    /// An hour.
    public static let standardFrozenAfter = Duration.seconds(3600)

    /// The owner's reserve where slots are paced and nothing else is said: a fifth of the cap.
    public static let standardPacedReserve = OwnersReserve.fraction(0.2)
}

/// When frames are kept.
public enum CaptureTime: Hashable, Sendable {
    case always
    /// While a print runs, and as long before and after it.
    case whilePrinting(preRoll: Duration, postRoll: Duration)

    public static let standardPreRoll = Duration.seconds(30)
    public static let standardPostRoll = Duration.seconds(60)
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
