internal import Archive
internal import Catalog
internal import NIOCore
internal import Synchronization
internal import Vocabulary

/// The chosen frames with their pictures, in order.
///
/// A frame whose picture is damaged or gone is passed over and noted; it never reaches an output. Records are read some
/// hundred at a time and pictures one by one on all cores, so that no read of the archive is ever long.
final class FrameFeed: Sendable {
    struct Picture: Sendable {
        let frame: ArchivedFrame
        /// The frame's place in the export, from 1.
        let number: Int
        let bytes: ByteBuffer
        /// Of these bytes, which may have become fewer since the picture was captured.
        let sha256: SHA256Digest

        var orientation: PictureOrientation { PictureOrientation(of: bytes) }
        /// Of the picture as it stands.
        var size: PixelSize { frame.size.upright(orientation) }
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
    private let frames: [ExportCandidate]
    private let state = Mutex(Tally())

    /// Records read at once.
    private static let pageSize = 256

    /// - Parameter frames: which, in the order in which they are delivered.
    init(_ catalog: Catalog, _ frames: [ExportCandidate]) { (self.catalog, self.frames) = (catalog, frames) }

    var tally: Tally { state.withLock { $0 } }

    /// Forgets what has become of the frames, to go through them once more.
    func restart() { state.withLock { $0 = Tally() } }

    /// How far the feed has come, or the output where that is behind.
    func progress(framesDone: Int? = nil) -> ExportProgress {
        let tally = tally
        return ExportProgress(
            framesDone: (framesDone ?? tally.delivered) + tally.skipped.count, framesTotal: frames.count,
            bytes: tally.bytes)
    }

    /// Calls `body` with the record of one chosen frame after another, and its place in the export from 1.
    func forEachFrame(_ body: (ArchivedFrame, Int) async throws -> Void) async throws(ExportError) {
        try await ExportError.wrapping {
            for start in stride(from: 0, to: frames.count, by: Self.pageSize) {
                let page = frames[start..<min(start + Self.pageSize, frames.count)]
                let records = try await catalog.frames(page.map(\.id))
                for (place, candidate) in page.enumerated() {
                    try Task.checkCancellation()
                    guard let frame = records[candidate.id] else {
                        skip(candidate.id, candidate.camera, candidate.capturedAt, Self.removed)
                        continue
                    }
                    try await body(frame, start + place + 1)
                }
            }
        }
    }

    /// The frames with their pictures, in the order in which they are given.
    ///
    /// - Parameter frames: each with its place in the export, from 1.
    /// - Returns: for each the picture, or why it is not to be had: it is damaged or gone.
    /// - Throws: what the store says in which one lies.
    func pictures(
        of frames: [(frame: ArchivedFrame, number: Int)]
    ) async throws -> [Result<Picture, PictureRefusal>] {
        let wanted = frames.map(\.frame).filter { $0.damagedAt == nil }
        var checked = try await catalog.checkedPictures(of: wanted).makeIterator()
        return try frames.map { frame, number in
            guard frame.damagedAt == nil, let checked = checked.next() else {
                return .failure(PictureRefusal(reason: "a check found its picture damaged"))
            }
            do throws(ArchiveError) {
                let picture = try checked.get()
                return .success(
                    Picture(frame: frame, number: number, bytes: picture.bytes, sha256: picture.sha256))
            } catch .damaged(_, let what) {
                return .failure(PictureRefusal(reason: what))
            } catch let error where error.isOfOnePack {
                // As good as damaged: the store answers, and only these are not to be had.
                return .failure(PictureRefusal(reason: error.description))
            } catch .elsewhere(let path, let machine) {
                // The newest of a followed machine are nowhere else for as long as it has not offloaded them: that is no fault.
                return .failure(
                    PictureRefusal(reason: ArchiveError.elsewhere(path: path, machine: machine).description))
            } catch {
                // A store that is away gives none of many: that is no output with holes, but none.
                throw error
            }
        }
    }

    private static let removed = "it was removed meanwhile"

    /// Counts a picture of so many bytes that is in the output.
    func noteDelivery(of bytes: Int) {
        state.withLock { tally in
            tally.delivered += 1
            tally.bytes += ByteCount(bytes)
        }
    }

    /// Notes a picture that was delivered and could get no Exif data.
    func noteUndated() { state.withLock { $0.undated += 1 } }

    /// Notes a frame that is not in the output.
    func skip(_ frame: ArchivedFrame, _ reason: String) { skip(frame.id, frame.camera, frame.capturedAt, reason) }

    private func skip(_ id: FrameID, _ camera: CameraName, _ capturedAt: Timestamp, _ reason: String) {
        let skipped = SkippedFrame(frame: id, camera: camera, capturedAt: capturedAt, reason: reason)
        state.withLock { $0.skipped.append(skipped) }
    }
}

extension ExportError {
    /// Runs work on the archive, and makes its errors our own.
    static func wrapping(_ work: () async throws -> Void) async throws(ExportError) {
        do { try await work() } catch { throw ExportError(reading: error) }
    }

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
