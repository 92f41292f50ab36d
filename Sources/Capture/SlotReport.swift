package import Archive
package import Vocabulary

/// What one slot came to.
package struct SlotReport: Sendable {
    package let camera: CameraName
    package let slot: Slot
    package internal(set) var outcome = SlotOutcome.stored
    /// A short constant that says why: the label of an error or verdict.
    package internal(set) var detail: SlotReason?
    /// The whole story in a sentence, without secrets.
    package internal(set) var explanation: String?
    /// What the person does about it.
    package internal(set) var hint: String?
    /// The frame that was stored.
    package internal(set) var frame: ArchivedFrame?
    /// Bytes of pictures that came over the network, those of refused attempts included.
    package internal(set) var received = ByteCount.zero
    /// How often a picture was asked for; 0 where the slot was skipped.
    package internal(set) var attempts = 0
    /// From the slot's instant to when it was begun.
    package internal(set) var lateness = Duration.zero
    /// From its beginning until its outcome was on disk.
    package internal(set) var duration = Duration.zero
    var disposition = Disposition.skipSlot

    /// A slot in which a frame was stored, which is to be added.
    init(camera: CameraName, slot: Slot, received: ByteCount, attempts: Int) {
        (self.camera, self.slot) = (camera, slot)
        (self.received, self.attempts) = (received, attempts)
    }

    /// A slot without a new frame.
    init(camera: CameraName, slot: Slot, empty: EmptySlot, received: ByteCount, attempts: Int) {
        self.init(camera: camera, slot: slot, received: received, attempts: attempts)
        (outcome, detail) = (empty.outcome, empty.detail)
        (explanation, hint, disposition) = (empty.explanation, empty.hint, empty.disposition)
    }

    /// What becomes of a later slot in which the camera is left alone.
    var emptyNext: EmptySlot {
        var empty = EmptySlot(outcome, detail: detail)
        empty.disposition = disposition
        return empty
    }

    /// Whether the camera or the way to it did not work, so that the next attempts may wait.
    var isFailure: Bool { outcome.isFailure }
}
