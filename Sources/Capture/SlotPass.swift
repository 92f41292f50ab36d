import Archive
import Budget
import Deduplication
import Snapshots
import Tunnel
import Validation
import Vocabulary

/// One camera's path of a frame, walked once a slot: leave to fetch, snapshot, validation, deduplication, archive.
struct SlotPass {
    let camera: CameraName
    let fetch: PictureFetch
    let archive: FrameArchive
    private let deduplicator: Deduplicator
    /// Whether the last kept frame's luma picture is needed, and not its hash alone.
    private let comparesPictures: Bool
    /// The frame that new snapshots are compared with.
    private var lastKept: LastKept?
    /// What its source called the last sound picture.
    private var known: PictureIdentity?

    /// - Throws: ``ArchiveError`` where the camera's last kept frame cannot be read.
    init(
        camera: CameraName, fetch: PictureFetch, nearDuplicates: NearDuplicates, archive: FrameArchive
    ) throws(ArchiveError) {
        self.camera = camera
        self.fetch = fetch
        self.archive = archive
        deduplicator = Deduplicator(nearDuplicates: nearDuplicates)
        comparesPictures = nearDuplicates != .keep
        lastKept = try archive.lastKept(of: camera)
        if comparesPictures, let last = lastKept { lastKept = try withLuma(last) }
    }

    /// The luma picture is not stored: it is decoded once more from the picture, after a restart.
    private func withLuma(_ last: LastKept) throws(ArchiveError) -> LastKept {
        let origin = SnapshotOrigin(camera: camera, source: .imported, receivedAt: last.capturedAt)
        let snapshot = Snapshot(bytes: try archive.picture(of: last.frame), origin: origin)
        do throws(FrameRejection) {
            let luma = try fetch.validator.validate(snapshot).luma
            return LastKept(frame: last.frame, sha256: last.sha256, capturedAt: last.capturedAt, luma: luma)
        } catch {
            // Damaged at rest: `verify` names it. The next snapshot is then compared with nothing and kept.
            return last
        }
    }

    /// Runs the slot and returns once its outcome is on disk.
    ///
    /// - Throws: ``ArchiveError`` where the outcome could not be recorded.
    mutating func run(_ slot: Slot) async throws(ArchiveError) -> SlotReport {
        let fetched = try await fetch.picture(knowing: known, within: slot.interval)
        var report = SlotReport(camera: camera, slot: slot, received: fetched.received, attempts: fetched.attempts)
        var seen: FrameID?

        switch fetched.result {
        case .picture(let frame, let identity):
            known = identity
            switch deduplicator.examine(frame, against: lastKept) {
            case .novel(let novel):
                let stored = try await archive.store(novel, for: slot, received: fetched.received)
                lastKept = LastKept(
                    frame: stored.id, sha256: stored.sha256, capturedAt: stored.capturedAt,
                    luma: comparesPictures ? frame.luma : nil)
                report.frame = stored
                report.outcome = .stored
                return report
            case .repeats(let kept, let kind):
                report.outcome = .duplicate
                report.detail = kind.rawValue
                seen = kept.frame
            }
        case .unchanged:
            report.outcome = .unchanged
            seen = lastKept?.frame
        case .none(let reason):
            report.outcome = .noPicture
            report.detail = reason
        case .rejected(let rejection):
            report.outcome = .rejected
            report.detail = rejection.label
            report.explanation = rejection.description
        case .refused(let error):
            report.outcome = .cap
            report.detail = error.label
            report.explanation = error.description
            report.hint = error.hint
        case .failed(let error):
            report.outcome = error.outcome
            report.detail = error.label
            report.explanation = error.description
            report.hint = error.hint
            report.disposition = error.disposition
        }
        try await archive.record(
            report.outcome, detail: report.detail, for: slot, camera: camera, received: report.received, seen: seen)
        return report
    }
}
