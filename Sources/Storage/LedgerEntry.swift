internal import Archive
package import Vocabulary

/// Slots that are to be entered into the ledger, and what became of them.
package struct LedgerEntry: Hashable {
    var camera: CameraName
    var outcome: SlotOutcome
    var detail: SlotReason?
    /// The instant of the first slot.
    var first: Timestamp
    /// The number of slots, 1 or more.
    var slots: Int
    var interval: Duration
    var bytes: ByteCount
    var frame: FrameID?

    package init(
        camera: CameraName, outcome: SlotOutcome, detail: SlotReason?, first: Timestamp, slots: Int = 1,
        interval: Duration, bytes: ByteCount, frame: FrameID?
    ) {
        self.camera = camera
        self.outcome = outcome
        self.detail = detail
        self.first = first
        self.slots = slots
        self.interval = interval
        self.bytes = bytes
        self.frame = frame
    }

    /// The instant of the last slot.
    var lastSlot: Timestamp { first + interval * (slots - 1) }
}

/// What entering slots means for the ledger.
enum LedgerStep: Hashable {
    /// The run before goes on: it becomes this one.
    case extend(LedgerRun)
    /// A new run begins.
    case begin(LedgerRun)
    /// The ledger tells of these slots already. What it says stands, for a slot has exactly one outcome.
    case alreadyRecorded
}

extension LedgerEntry {
    /// Decides how these slots enter the ledger.
    ///
    /// A slot that already has an outcome is left out, so runs of one camera never share a slot: neither after a
    /// restart that records a slot twice, nor after the machine's clock was set back. A run goes on where everything
    /// that it says stays true: same outcome, detail and interval, the same frame where it is about a repeated one,
    /// and no slot in between.
    ///
    /// - Parameters:
    ///   - previous: the camera's last run that begins at or before `first`.
    ///   - next: where the camera's first run after `first` begins; `nil` is the usual case.
    func step(after previous: LedgerRun?, before next: Timestamp?) -> LedgerStep {
        guard let fresh = without(previous?.lastSlot, next) else { return .alreadyRecorded }
        if let previous, fresh.continues(previous) { return .extend(fresh.extending(previous)) }
        return .begin(
            LedgerRun(
                camera: camera, outcome: outcome, detail: detail, from: fresh.first, interval: interval,
                slots: fresh.slots, bytes: bytes, frame: frame))
    }

    /// These slots less those up to `lastTaken` and from `nextTaken` on; `nil` where none is left.
    private func without(_ lastTaken: Timestamp?, _ nextTaken: Timestamp?) -> LedgerEntry? {
        var fresh = self
        if let lastTaken, fresh.first <= lastTaken {
            let taken = (lastTaken - fresh.first).milliseconds / interval.milliseconds + 1
            fresh.slots -= Int(clamping: taken)
            fresh.first = fresh.first + interval * taken
        }
        if let nextTaken, fresh.slots > 0, fresh.lastSlot >= nextTaken {
            let room = (nextTaken - fresh.first).milliseconds
            fresh.slots = room <= 0 ? 0 : Int((room - 1) / interval.milliseconds) + 1
        }
        return fresh.slots > 0 ? fresh : nil
    }

    private func continues(_ run: LedgerRun) -> Bool {
        run.outcome == outcome && run.detail == detail && run.interval == interval && run.until == first
            && (!outcome.repeatsFrame || run.frame == frame)
    }

    private func extending(_ run: LedgerRun) -> LedgerRun {
        LedgerRun(
            camera: run.camera, outcome: run.outcome, detail: run.detail, from: run.from, interval: run.interval,
            slots: run.slots + slots, bytes: run.bytes + bytes, frame: frame ?? run.frame, removed: run.removed)
    }
}
