package import Archive
package import Vocabulary

extension ArchivedFrame {
    /// A record as no archive made it: what a test does not say is null, or like that of any frame.
    package static func made(
        number: Int64 = 1, camera: CameraName, at time: Timestamp, size: PixelSize = PixelSize(width: 640, height: 480),
        bytes: Int = 50_000, print: Int64? = nil, variant: PictureVariant? = nil, source: SnapshotSourceKind = .url,
        printerState: PrintState? = nil, brightness: Int? = nil, change: Int? = nil, suspicion: Suspicion? = nil
    ) -> ArchivedFrame {
        ArchivedFrame(
            id: FrameID(number), camera: camera, capturedAt: time, takenAt: nil, lastSeenAt: time, seen: 1, size: size,
            bytes: ByteCount(bytes), sha256: SHA256Digest(bytes: Array(repeating: 0, count: 32))!,
            perceptualHash: PerceptualHash(bits: 0), print: print, variant: variant, source: source, excluded: false,
            pinned: false, progress: nil, printerState: printerState, prediction: nil, brightness: brightness,
            sharpness: nil, change: change, changedPercent: nil, note: nil, damagedAt: nil, suspicion: suspicion)
    }
}
