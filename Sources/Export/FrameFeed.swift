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
        /// The frame's place in the export, from 1.
        let number: Int
        let bytes: ByteBuffer
        /// Of these bytes, which may have become fewer since the picture was captured.
        let sha256: SHA256Digest
    }

    /// What has become of the frames so far.
    struct Tally: Sendable {
        var delivered = 0
        var bytes = ByteCount.zero
        var skipped: [SkippedFrame] = []
        /// Pictures that could get no Exif data.
        var undated = 0
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

    /// Calls `body` with one picture after another. While it runs the next one is read, and no more than that.
    ///
    /// Frames that are new since the choice was made do not lengthen the export.
    ///
    /// - Parameter body: returns `nil`, or the reason for which it left the picture out.
    func forEachPicture(_ body: (Picture) async throws -> String?) async throws(ExportError) {
        var next: Reading?
        defer { next?.task?.cancel() }
        try await forEachFrame { frame, number in
            let current = next
            next = read(frame, number)
            if let current { try await deliver(current, to: body) }
        }
        try await ExportError.wrapping {
            if let last = next { try await deliver(last, to: body) }
        }
    }

    /// A picture on its way.
    private struct Reading {
        let frame: ArchivedFrame
        let number: Int
        /// `nil` where there is nothing to read.
        let task: Task<CheckedPicture, any Error>?
    }

    private func read(_ frame: ArchivedFrame, _ number: Int) -> Reading {
        guard frame.damagedAt == nil else { return Reading(frame: frame, number: number, task: nil) }
        let task = Task { [catalog] in try await catalog.checkedPicture(of: frame) }
        return Reading(frame: frame, number: number, task: task)
    }

    private func deliver(_ reading: Reading, to body: (Picture) async throws -> String?) async throws {
        let frame = reading.frame
        do {
            guard let checked = try await reading.task?.value else {
                return skip(frame, "a check found its picture damaged")
            }
            let picture = Picture(
                frame: frame, number: reading.number, bytes: checked.bytes, sha256: checked.sha256)
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

    /// Calls `body` with the record of one chosen frame after another, and its place in the export from 1.
    func forEachFrame(_ body: (ArchivedFrame, Int) async throws -> Void) async throws(ExportError) {
        var (position, taken) = (0, 0)
        try await catalog.forEachExported(query) { frame in
            defer { position += 1 }
            guard taken < choice.count, position == choice.position(of: taken) else { return }
            taken += 1
            try await body(frame, taken)
        }
    }

    /// Notes a picture that was delivered and could get no Exif data.
    func noteUndated() { state.withLock { $0.undated += 1 } }

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
        try await ExportError.wrapping { try await forEachFrame(exported, body) }
    }
}

extension ExportError {
    /// Runs work on the archive, and makes its errors our own.
    static func wrapping(_ work: () async throws -> Void) async throws(ExportError) {
        do {
            try await work()
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
