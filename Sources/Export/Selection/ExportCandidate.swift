internal import Archive
internal import Vocabulary

/// What an export knows of a frame before it reads its picture: little, so that a million of them fit into memory.
struct ExportCandidate: Hashable, Sendable {
    let id: FrameID
    let camera: CameraName
    let print: Int64?
    let capturedAt: Timestamp
    let lastSeenAt: Timestamp
    /// As stored, or once it was asked for by ``Catalog/standing(_:)`` as the picture stands.
    var size: PixelSize
    let bytes: ByteCount
    /// Mean luma, 0 to 255; `nil` where it was never measured.
    let brightness: Int?
    /// The greatest change of a block against the kept frame before, 0 to 510; `nil` where it was never measured.
    let change: Int?
    let isTagged: Bool
    let isSuspect: Bool
    let isPaused: Bool

    init(_ frame: ArchivedFrame) {
        (id, camera, print) = (frame.id, frame.camera, frame.print)
        (capturedAt, lastSeenAt) = (frame.capturedAt, frame.lastSeenAt)
        (size, bytes) = (frame.size, frame.bytes)
        (brightness, change) = (frame.brightness, frame.change)
        isSuspect = frame.suspicion?.kind.isDoubtful == true
        isTagged = frame.variant == .tagged
        isPaused = frame.printerState == .paused
    }
}
