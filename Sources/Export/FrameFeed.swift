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
    /// Frames that are new since the choice was made do not lengthen the export.
    ///
    /// - Parameter body: returns `nil`, or the reason for which it left the picture out.
    func forEachPicture(_ body: (Picture) async throws -> String?) async throws(ExportError) {
        var (position, taken) = (0, 0)
        try await catalog.forEachExported(query) { frame in
            defer { position += 1 }
            guard taken < choice.count, position == choice.position(of: taken) else { return }
            taken += 1
            do {
                let checked = try await catalog.checkedPicture(of: frame)
                let picture = Picture(frame: frame, bytes: checked.bytes, sha256: checked.sha256)
                if let reason = try await body(picture) { return skip(frame, reason) }
                state.withLock { tally in
                    tally.delivered += 1
                    tally.bytes += ByteCount(picture.bytes.readableBytes)
                }
            } catch ArchiveError.damaged(_, let what) {
                skip(frame, what)
            } catch ArchiveError.noSuchFrame {
                skip(frame, "it was removed meanwhile")
            }
        }
    }

    private func skip(_ frame: ArchivedFrame, _ reason: String) {
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
        } catch let error as ExportError {
            throw error
        } catch let error as ArchiveError {
            throw .archive(description: error.description, hint: error.hint)
        } catch {
            // Nothing else is thrown but the mark of a cancelled task.
            throw .interrupted
        }
    }
}
