public import Archive
public import Vocabulary

/// What a camera showed at an instant, as far as the archive knows.
public struct ShownFrame: Hashable, Sendable {
    /// The camera's newest frame captured at the instant or before.
    public let frame: ArchivedFrame
    /// The instant asked for.
    public let instant: Timestamp
    /// Whether the camera is known to have shown the frame then: it was seen again later, or by the ledger nothing else was
    /// captured up to the slot of that instant. Otherwise it is the last one known.
    public let isCertain: Bool
    /// Where it is not certain, what the ledger has of that instant: a hole and its reason, or slots whose frames were
    /// removed since. `nil` where the ledger says nothing, as with imported frames or after the last slot.
    public let gap: LedgerRun?

    /// - Parameter run: the camera's last run in the ledger that begins at the instant or before.
    init(frame: ArchivedFrame, instant: Timestamp, run: LedgerRun?) {
        (self.frame, self.instant) = (frame, instant)
        isCertain = instant <= frame.lastSeenAt || run?.tells(of: frame, at: instant) == true
        gap = isCertain ? nil : run.flatMap { $0.isGap || instant < $0.until ? $0 : nil }
    }
}

extension LedgerRun {
    /// Whether a slot of this run says that the camera showed the frame at the instant.
    ///
    /// Frames that were stored later in the run may have been removed; the frame's own slot, and the next one, in which
    /// a picture that came later was on its way, are near enough.
    fileprivate func tells(of frame: ArchivedFrame, at instant: Timestamp) -> Bool {
        guard instant < until, !isGap else { return false }
        return outcome == .stored ? instant - frame.lastSeenAt < interval * 2 : self.frame == frame.id
    }
}

extension ShownFrame: KeyedRecord {
    /// The frame's own keys, and `at`, `certain` and `gap` (a run as the timeline has it, or null).
    public static let fields: [Field<Self>] =
        ArchivedFrame.fields.map { $0.of(\.frame) } + [
            Field("at", \.instant), Field("certain", \.isCertain), Field("gap", \.gap, brief: \.gap?.outcome),
        ]
}
