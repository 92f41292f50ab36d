package import Validation
package import Vocabulary

/// What tells a frame from others: exactly, by its bytes, and roughly, by its looks.
package struct FrameFingerprint: Hashable, Sendable {
    /// Of the picture's bytes from SOI to EOI.
    package let sha256: SHA256Digest
    /// Of the small luma picture.
    package let perceptualHash: PerceptualHash

    package init(of frame: ValidFrame) {
        self.init(of: frame, sha256: SHA256Digest(hashing: frame.bytes))
    }

    init(of frame: ValidFrame, sha256: SHA256Digest) {
        self.sha256 = sha256
        perceptualHash = PerceptualHash(of: frame.luma)
    }
}
