package import Validation
package import Vocabulary

/// The frame of a camera that was kept last: what the next one is compared with.
package struct LastKept: Hashable, Sendable {
    package let frame: FrameID
    package let sha256: SHA256Digest
    package let capturedAt: Timestamp
    /// `nil` where it is not at hand: nothing is near then, and no change is measured.
    package let luma: LumaPicture?

    package init(frame: FrameID, sha256: SHA256Digest, capturedAt: Timestamp, luma: LumaPicture?) {
        self.frame = frame
        self.sha256 = sha256
        self.capturedAt = capturedAt
        self.luma = luma
    }
}
