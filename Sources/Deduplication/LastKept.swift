public import Validation
public import Vocabulary

/// The frame of a camera that was kept last: what the next one is compared with.
public struct LastKept: Hashable, Sendable {
    public let frame: FrameID
    public let sha256: SHA256Digest
    public let capturedAt: Timestamp
    /// `nil` where it is not at hand: nothing is near then, and no change is measured.
    public let luma: LumaPicture?

    public init(frame: FrameID, sha256: SHA256Digest, capturedAt: Timestamp, luma: LumaPicture?) {
        self.frame = frame
        self.sha256 = sha256
        self.capturedAt = capturedAt
        self.luma = luma
    }
}
