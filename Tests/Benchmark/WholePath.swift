import Archive
import Deduplication
import NIOCore
import Storage
import Validation
import Vocabulary

/// A frame's real path, from the bytes as received to the acknowledged frame.
struct WholePath {
    private let archive: FrameArchive
    private let validator = FrameValidator()
    private let deduplicator = Deduplicator()
    private let camera: CameraName
    /// What a capture judges the next picture by.
    private var series = PictureSeries()
    private var before: PictureTrace?

    init(archive path: String) async throws {
        archive = try await FrameArchive.open(at: path)
        camera = try CameraName("benchmark")
    }

    mutating func take(_ picture: [UInt8], number: Int) async throws -> StageTimes {
        let due = Timestamp(milliseconds: 1_800_000_000_000 + Int64(number) * 1000)
        let snapshot = Snapshot(
            bytes: ByteBuffer(bytes: picture),
            origin: SnapshotOrigin(camera: camera, source: .url, receivedAt: due))

        let start = ContinuousClock.now
        let frame = ValidFrame(
            try series.judge(validator.examine(snapshot.bytes), after: before), from: snapshot.origin)
        before = frame.trace
        let validated = ContinuousClock.now
        guard case .novel(let novel) = deduplicator.examine(frame, against: nil) else { throw Unexpected.repetition }
        let fingerprinted = ContinuousClock.now
        let slot = Slot(due: due, interval: .seconds(1))
        _ = try await archive.store(novel, for: slot, received: ByteCount(picture.count))
        let stored = ContinuousClock.now
        return StageTimes(
            validate: validated - start, fingerprint: fingerprinted - validated, store: stored - fingerprinted)
    }

    func finish() async throws {
        try await archive.close()
    }

    private enum Unexpected: Error { case repetition }
}
