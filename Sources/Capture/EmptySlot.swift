import Budget
import Snapshots
import Validation
import Vocabulary

/// A slot that brought no new frame, and why.
struct EmptySlot {
    let outcome: SlotOutcome
    /// Why, as the ledger says it.
    var detail: SlotReason?
    /// The frame that the camera still shows.
    var seen: FrameID?
    /// The whole story in a sentence, without secrets.
    var explanation: String?
    /// What the person does about it.
    var hint: String?
    var disposition = Disposition.skipSlot

    /// The owner wants frames of prints alone, and none runs.
    static let notPrinting = EmptySlot(.noPicture, detail: SlotReason(.notPrinting))

    init(_ outcome: SlotOutcome, detail: SlotReason? = nil, seen: FrameID? = nil) {
        (self.outcome, self.detail, self.seen) = (outcome, detail, seen)
    }

    init(_ rejection: FrameRejection) {
        self.init(.rejected, detail: SlotReason(label: rejection.label))
        explanation = rejection.description
    }

    init(_ error: BudgetError) {
        self.init(.cap, detail: SlotReason(label: error.label))
        (explanation, hint) = (error.description, error.hint)
    }

    init(_ pause: RoomPause) {
        self.init(.disk, detail: pause.detail)
        (explanation, hint) = (pause.description, pause.hint)
    }

    init(_ error: SnapshotError) {
        self.init(error.outcome, detail: SlotReason(label: error.label))
        (explanation, hint, disposition) = (error.description, error.hint, error.disposition)
    }
}
