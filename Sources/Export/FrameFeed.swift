internal import Archive
internal import Catalog
internal import NIOCore
internal import Vocabulary

/// The chosen frames with their pictures, in order.
///
/// A frame whose picture is damaged or gone is passed over and noted; it never reaches an output.
actor FrameFeed {
    struct Picture: Sendable {
        let frame: ArchivedFrame
        let bytes: ByteBuffer
    }

    let choice: FrameChoice
    private let catalog: Catalog
    private let reader: FrameReader
    private var position = 0
    private var taken = 0

    private(set) var delivered = 0
    private(set) var bytes = ByteCount.zero
    private(set) var skipped: [SkippedFrame] = []

    init(_ catalog: Catalog, _ query: FrameQuery, choice: FrameChoice) {
        self.catalog = catalog
        self.choice = choice
        reader = FrameReader(catalog, query)
    }

    /// The next picture, or `nil` after the last.
    func next() async throws(ExportError) -> Picture? {
        while taken < choice.count {
            // Frames that are gone since the survey end the feed early, and new ones do not lengthen it.
            guard let frame = try await reader.next() else { return nil }
            let wanted = position == choice.position(of: taken)
            position += 1
            guard wanted else { continue }
            taken += 1
            if let picture = picture(of: frame) { return picture }
        }
        return nil
    }

    var progress: ExportProgress {
        ExportProgress(framesDone: delivered + skipped.count, framesTotal: choice.count, bytes: bytes)
    }

    private func picture(of frame: ArchivedFrame) -> Picture? {
        do {
            let picture = Picture(frame: frame, bytes: try catalog.picture(of: frame))
            delivered += 1
            bytes += ByteCount(picture.bytes.readableBytes)
            return picture
        } catch {
            skip(frame, reason: error.description)
            return nil
        }
    }

    private func skip(_ frame: ArchivedFrame, reason: String) {
        skipped.append(
            SkippedFrame(frame: frame.id, camera: frame.camera, capturedAt: frame.capturedAt, reason: reason))
    }
}
