internal import Archive
internal import Catalog
internal import NIOCore
internal import Synchronization
internal import Vocabulary

/// The chosen frames with their pictures, in order.
///
/// A frame whose picture is damaged or gone is passed over and noted; it never reaches an output.
final class FrameFeed: Sendable {
    struct Picture: Sendable {
        let frame: ArchivedFrame
        let bytes: ByteBuffer
        /// Of these bytes, which may have become fewer since the picture was captured.
        let sha256: SHA256Digest
    }

    /// What has become of the frames so far.
    struct Tally: Sendable {
        var delivered = 0
        var bytes = ByteCount.zero
        var skipped: [SkippedFrame] = []
    }

    private let catalog: Catalog
    private let query: FrameQuery
    private let choice: FrameChoice
    private let state = Mutex(Tally())

    init(_ catalog: Catalog, _ query: FrameQuery, choice: FrameChoice) {
        (self.catalog, self.query, self.choice) = (catalog, query, choice)
    }

    var tally: Tally { state.withLock { $0 } }

    /// How far the feed has come, or the output where that is behind.
    func progress(framesDone: Int? = nil) -> ExportProgress {
        let tally = tally
        return ExportProgress(
            framesDone: (framesDone ?? tally.delivered) + tally.skipped.count, framesTotal: choice.count,
            bytes: tally.bytes)
    }

    /// Calls `body` with one picture after another. The next is read when `body` is done with the one before.
    ///
    /// - Parameter body: returns `nil`, or the reason for which it left the picture out.
    func forEachPicture(_ body: (Picture) async throws -> String?) async throws(ExportError) {
        try await forEachChosen { frame in
            do {
                let picture = try await picture(of: frame)
                if let reason = try await body(picture) { return skip(frame, reason) }
                noteDelivery(of: picture.bytes.readableBytes)
            } catch let refusal as PictureRefusal {
                skip(frame, refusal.reason)
            }
        }
    }

    /// Calls `body` with the record of every frame that was chosen, in order.
    ///
    /// Frames that are new since the choice was made do not lengthen the export.
    func forEachChosen(_ body: (ArchivedFrame) async throws -> Void) async throws(ExportError) {
        var (position, taken) = (0, 0)
        try await catalog.forEachExported(query) { frame in
            defer { position += 1 }
            guard taken < choice.count, position == choice.position(of: taken) else { return }
            taken += 1
            try await body(frame)
        }
    }

    /// The frame with its picture.
    ///
    /// - Throws: a ``PictureRefusal`` where the picture is damaged or gone.
    func picture(of frame: ArchivedFrame) async throws -> Picture {
        do {
            let checked = try await catalog.checkedPicture(of: frame)
            return Picture(frame: frame, bytes: checked.bytes, sha256: checked.sha256)
        } catch ArchiveError.damaged(_, let what) {
            throw PictureRefusal(reason: what)
        } catch ArchiveError.noSuchFrame {
            throw PictureRefusal(reason: "it was removed meanwhile")
        }
    }

    /// Counts a picture of so many bytes that is in the output.
    func noteDelivery(of bytes: Int) {
        state.withLock { tally in
            tally.delivered += 1
            tally.bytes += ByteCount(bytes)
        }
    }

    /// Notes a frame that is not in the output.
    func skip(_ frame: ArchivedFrame, _ reason: String) {
        let skipped = SkippedFrame(
            frame: frame.id, camera: frame.camera, capturedAt: frame.capturedAt, reason: reason)
        state.withLock { $0.skipped.append(skipped) }
    }
}

extension Catalog {
    /// Calls `body` with the record of every frame that the owner did not exclude from exports.
    func forEachExported(
        _ query: FrameQuery, _ body: (ArchivedFrame) async throws -> Void
    ) async throws(ExportError) {
        var exported = query
        exported.excluded = false
        do {
            try await forEachFrame(exported, body)
        } catch {
            throw ExportError(reading: error)
        }
    }
}

extension ExportError {
    /// The error for one that was thrown while frames were read.
    init(reading error: any Error) {
        switch error {
        case let error as ExportError: self = error
        case let error as ArchiveError: self = .archive(description: error.description, hint: error.hint)
        // Nothing else is thrown but the mark of a cancelled task.
        default: self = .interrupted
        }
    }
}
