public import Vocabulary

/// Neighbouring slots of one camera that went the same way: one row of the slot ledger.
///
/// Its slots lie at `from`, `from + interval`, …, `lastSlot`. Runs of one camera share no slot.
public struct LedgerRun: Hashable, Sendable {
    public let camera: CameraName
    public let outcome: SlotOutcome
    /// Why it went so, where the outcome alone does not say it.
    public let detail: SlotReason?
    /// The instant of the first slot.
    public let from: Timestamp
    /// The distance between slots, at least 1 ms.
    public let interval: Duration
    /// The number of slots, 1 or more.
    public let slots: Int
    /// What came over the network for these slots.
    public let bytes: ByteCount
    /// The newest frame concerned: the one stored, or the one that a duplicate repeats.
    public let frame: FrameID?
    /// How many frames of a run of `stored` were removed since.
    public let removed: Int

    package init(
        camera: CameraName, outcome: SlotOutcome, detail: SlotReason?, from: Timestamp, interval: Duration, slots: Int,
        bytes: ByteCount, frame: FrameID?, removed: Int = 0
    ) {
        self.camera = camera
        self.outcome = outcome
        self.detail = detail
        self.from = from
        self.interval = interval
        self.slots = slots
        self.bytes = bytes
        self.frame = frame
        self.removed = removed
    }

    /// The end of the last slot's interval, exclusive: `from + slots × interval`.
    public var until: Timestamp { from + interval * slots }

    /// The instant of the last slot.
    public var lastSlot: Timestamp { from + interval * (slots - 1) }

    /// Whether no frame was kept or confirmed during these slots.
    public var isGap: Bool { outcome.isGap }
}

extension SlotOutcome {
    /// Whether a slot that went this way left a hole: nothing was stored, and nothing was known to be unchanged.
    public var isGap: Bool {
        switch self {
        case .stored, .duplicate, .unchanged: false
        case .noPicture, .rejected, .cap, .offline, .timeout, .unauthorized, .unavailable, .disk, .missed: true
        }
    }

    /// Whether the outcome is about a frame that was kept before, so that a run of it ends where the frame changes.
    package var repeatsFrame: Bool { self == .duplicate || self == .unchanged }

    /// Outcomes of a kind as SQL lists them: `('stored', 'duplicate')`.
    package static func sqlList(where isListed: (SlotOutcome) -> Bool) -> String {
        "(" + allCases.filter(isListed).map { "'\($0.rawValue)'" }.joined(separator: ", ") + ")"
    }
}

extension LedgerRun: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("camera", \.camera),
        Field("outcome", \.outcome),
        Field("detail") { $0.detail?.label },
        Field("from", \.from),
        Field("until", \.until),
        Field("slots", \.slots),
        Field("bytes", \.bytes),
        Field("frame", \.frame),
        Field("removed", \.removed),
    ]
}
