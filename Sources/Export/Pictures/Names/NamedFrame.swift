internal import Archive
internal import Vocabulary

/// What a picture's name is made of.
struct NamedFrame: Sendable {
    let id: FrameID
    let camera: CameraName
    let capturedAt: Timestamp
    let print: Int64?
    /// `nil` where nobody read it, because no name asks for it.
    let sha256: SHA256Digest?

    init(_ frame: ArchivedFrame) {
        (id, camera, capturedAt) = (frame.id, frame.camera, frame.capturedAt)
        (print, sha256) = (frame.print, frame.sha256)
    }

    init(_ frame: ExportCandidate) {
        (id, camera, capturedAt) = (frame.id, frame.camera, frame.capturedAt)
        (print, sha256) = (frame.print, nil)
    }
}
