public import Validation

/// What a frame is beside the last kept one.
public enum Novelty: Sendable {
    case novel(NovelFrame)
    case repeats(LastKept, DuplicateKind)
}

/// In what way a frame repeats another.
public enum DuplicateKind: String, CaseIterable, Sendable {
    /// The same bytes.
    case identical
    /// Other bytes that show the same, but for noise and a change of light.
    case near
}

/// A frame that shows something else than the camera's last kept one, with what it will be known by.
///
/// Only ``Deduplicator`` makes one, so code that takes a `NovelFrame` need not ask whether it is worth keeping.
public struct NovelFrame: Sendable {
    public let frame: ValidFrame
    public let fingerprint: FrameFingerprint
    /// Its picture in numbers, and what is new in it.
    public let look: FrameLook

    init(frame: ValidFrame, fingerprint: FrameFingerprint, look: FrameLook) {
        (self.frame, self.fingerprint, self.look) = (frame, fingerprint, look)
    }
}
