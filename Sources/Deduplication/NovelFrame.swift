package import Validation

/// A frame that shows something else than the camera's last kept one, with what it will be known by.
///
/// Only ``Deduplicator`` makes one, so code that takes a `NovelFrame` need not ask whether it is worth keeping.
package struct NovelFrame: Sendable {
    package let frame: ValidFrame
    package let fingerprint: FrameFingerprint
    /// Its picture in numbers, and what is new in it.
    package let look: FrameLook

    init(frame: ValidFrame, fingerprint: FrameFingerprint, look: FrameLook) {
        (self.frame, self.fingerprint, self.look) = (frame, fingerprint, look)
    }
}
