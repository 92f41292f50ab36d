internal import Archive
internal import Deduplication
internal import GRDB
internal import NIOCore
internal import Validation
internal import Vocabulary

extension ArchivedFrame {
    /// The record of a new frame.
    ///
    /// - Parameters:
    ///   - id: from ``FrameTable/nextID(in:)``.
    ///   - print: the archive's number of the print job that it shows.
    ///   - marks: the print's, which its frames have from the beginning.
    init(
        _ novel: NovelFrame, _ circumstances: FrameCircumstances, id: FrameID, print: Int64?, marks: PrintTable.Marks
    ) {
        let (origin, look) = (novel.frame.origin, novel.look)
        self.init(
            id: id, camera: origin.camera, capturedAt: origin.receivedAt, takenAt: origin.takenAt,
            lastSeenAt: origin.receivedAt, seen: 1, size: novel.frame.size,
            bytes: ByteCount(novel.frame.bytes.readableBytes), sha256: novel.fingerprint.sha256,
            perceptualHash: novel.fingerprint.perceptualHash, print: print, variant: origin.variant,
            source: origin.source, excluded: marks.isExcluded, pinned: marks.isPinned,
            progress: circumstances.print?.progress, printerState: circumstances.print?.state,
            prediction: circumstances.prediction, brightness: look.brightness, sharpness: look.sharpness,
            change: look.change?.greatest, changedPercent: look.change?.percent, note: nil, damagedAt: nil,
            suspicion: novel.frame.suspicion)
    }
}
