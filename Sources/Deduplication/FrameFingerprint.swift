public import Validation
public import Vocabulary

/// What tells a frame from others: exactly, by its bytes, and roughly, by its looks.
public struct FrameFingerprint: Hashable, Sendable {
    /// Of the picture's bytes from SOI to EOI.
    public let sha256: SHA256Digest
    /// Of the small luma picture.
    public let perceptualHash: PerceptualHash

    public init(of frame: ValidFrame) {
        self.init(of: frame, sha256: SHA256Digest(hashing: frame.bytes))
    }

    init(of frame: ValidFrame, sha256: SHA256Digest) {
        self.sha256 = sha256
        perceptualHash = PerceptualHash(of: frame.luma)
    }
}
