import Archive
import Budget
import Deduplication
import HTTP
import NIOCore
import Snapshots
import Storage
import Tunnel
import Validation
import Vocabulary

/// One camera's path of a frame, walked once a slot: leave to fetch, snapshot, validation, deduplication, archive.
final class SlotPass {
    let camera: CameraName
    private let policy: CapturePolicy
    private let archive: FrameArchive
    private let ledger: SlotLedger
    private let clock: any JobClock
    private let prints: CameraPrints
    /// Asks the server's failure detection; `nil` where it is not to be asked.
    private let detection: TunnelClient?
    private let fetch: PictureFetch
    /// For slots in which nothing new is announced, while a print runs.
    private let live: LiveCamera?
    private let deduplicator: Deduplicator
    private var preRoll: PreRoll
    private var frozen: FrozenWatch
    private let tell: @Sendable (CaptureEvent) -> Void
    /// The frame that new snapshots are compared with.
    private var lastKept: LastKept?
    /// What its source called the last sound picture.
    private var known: PictureIdentity?
    /// Whether that picture is the last kept frame's, and not one that was let go while nothing printed.
    private var knownIsKept = false

    /// - Throws: ``ArchiveError`` where the camera's last kept frame cannot be read.
    init(
        camera: CameraSetup, fetch: PictureFetch, live: LiveCamera?, prints: CameraPrints, detection: TunnelClient?,
        archive: FrameArchive, ledger: SlotLedger, clock: any JobClock,
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) throws(ArchiveError) {
        self.camera = camera.name
        policy = camera.policy
        (self.fetch, self.live, self.prints, self.detection) = (fetch, live, prints, detection)
        (self.archive, self.ledger, self.clock, self.tell) = (archive, ledger, clock, tell)
        frozen = FrozenWatch(patience: policy.frozenAfter)
        deduplicator = Deduplicator(nearDuplicates: policy.nearDuplicates)
        var length = Duration.zero
        if case .whilePrinting(let before, _) = policy.time { length = before }
        preRoll = PreRoll(length: length)
        lastKept = try archive.lastKept(of: camera.name, by: clock.now() + SystemJobClock.tolerance)
        if let last = lastKept { lastKept = try withLuma(last) }
    }

    /// The luma picture is not stored: it is decoded once more from the picture, after a restart.
    private func withLuma(_ last: LastKept) throws(ArchiveError) -> LastKept {
        let picture: ByteBuffer
        do {
            picture = try archive.picture(of: last.frame)
        } catch {
            // A capture waits for no store. The next snapshot is compared with nothing, and kept.
            switch error {
            case .offloaded, .elsewhere: return last
            default: throw error
            }
        }
        do throws(FrameRejection) {
            let luma = try fetch.validator.examine(picture, withEdges: false).luma
            return LastKept(frame: last.frame, sha256: last.sha256, capturedAt: last.capturedAt, luma: luma)
        } catch {
            // Damaged at rest: `verify` names it. The next snapshot is then compared with nothing and kept.
            return last
        }
    }

    /// Time for storing a picture that comes at a slot's end, so that the next slot begins in time.
    private static let margin = Duration.milliseconds(500)

    // MARK: A slot

    /// Runs the slot and returns once all outcomes that it settles are on disk.
    ///
    /// - Returns: the outcomes that are settled now: none where the picture waits for a print to begin, several where those
    ///   before it were waiting. The slot's own, where it is among them, is the last.
    /// - Throws: ``ArchiveError`` where an outcome could not be recorded.
    func run(_ slot: Slot) async throws(ArchiveError) -> [SlotReport] {
        await lookForPictureOfPrint(afterIdle: false)
        try await prints.waited(until: clock.now())
        let isWanted = isWanted(at: clock.now())
        if !isWanted, fetch.source.route == .proxied, preRoll.length == .zero {
            return [try await ledger.record(.notPrinting, for: slot)]
        }
        var fetched = try await fetch.picture(
            knowing: known, within: slot.interval, isPrinting: prints.isPrinting(at: clock.now()))
        if case .none(let reason) = fetched.result, reason.word == .deleted {
            try await prints.pictureIsGone(at: clock.now())
        }
        if let live { await complete(&fetched, by: live, of: slot) }
        guard case .picture(let frame, let identity) = fetched.result else {
            let empty = outcome(of: fetched, isWanted: isWanted)
            return [
                try await ledger.record(empty, for: slot, received: fetched.received, attempts: fetched.attempts)
            ]
        }
        if frame.origin.source != .live { known = identity }

        if frame.origin.variant == .latest { await lookForPictureOfPrint(afterIdle: true) }
        let print = try await prints.print(shownBy: frame, at: clock.now())
        let held = PreRoll.Held(
            slot: slot, frame: frame, received: fetched.received, attempts: fetched.attempts)
        guard self.isWanted(at: clock.now()) else {
            knownIsKept = false
            return try await letGo(preRoll.hold(held))
        }
        var reports: [SlotReport] = []
        for earlier in preRoll.release() { reports.append(try await keep(earlier, of: print)) }
        knownIsKept = frame.origin.source != .live
        return reports + [try await keep(held, of: print)]
    }

    /// Where idle pictures would end the print, asks for its newest picture: the server has it as long as the print is only paused.
    private func lookForPictureOfPrint(afterIdle: Bool) async {
        guard prints.mayEnd(at: clock.now(), by: afterIdle), await fetch.lastOfPrintIsThere() == true else { return }
        prints.pictureIsStillThere(at: clock.now())
    }

    /// Adds what the live camera has. It is waited for only until shortly before the next slot.
    private func complete(_ fetched: inout PictureFetch.Outcome, by live: LiveCamera, of slot: Slot) async {
        let isWanted = prints.isPrinting(at: clock.now()) && fetched.isNothingNew
        let rest = slot.interval - min(slot.interval / 5, Self.margin)
        guard let late = isWanted ? await live.picture(by: slot.due + rest) : live.take() else { return }
        fetched.received += late.received
        fetched.attempts += late.attempts
        if isWanted, case .picture = late.result { fetched.result = late.result }
    }

    /// Settles what still waits, at the job's end.
    func finish() async throws(ArchiveError) -> [SlotReport] {
        try await letGo(preRoll.release())
    }

    private func isWanted(at now: Timestamp) -> Bool {
        guard case .whilePrinting(_, let postRoll) = policy.time else { return true }
        return prints.isPrinting(at: now, orWithin: postRoll)
    }

    private func letGo(_ pictures: [PreRoll.Held]) async throws(ArchiveError) -> [SlotReport] {
        var reports: [SlotReport] = []
        for picture in pictures {
            reports.append(
                try await ledger.record(
                    .notPrinting, for: picture.slot, received: picture.received, attempts: picture.attempts))
        }
        return reports
    }

    private func keep(_ picture: PreRoll.Held, of print: PrintJob?) async throws(ArchiveError) -> SlotReport {
        let novelty = deduplicator.examine(picture.frame, against: lastKept)
        watch(novelty, of: picture.frame)
        switch novelty {
        case .novel(let novel):
            let report = try await ledger.store(
                novel, for: picture.slot, received: picture.received, attempts: picture.attempts,
                circumstances: FrameCircumstances(print: print, prediction: await prediction(of: print)))
            guard let stored = report.frame else {
                // There was no room for it. If its source shows it still when there is, it is to be fetched again.
                known = nil
                return report
            }
            PictureFetch.kept(picture.frame, as: stored.sha256)
            lastKept = LastKept(
                frame: stored.id, sha256: stored.sha256, capturedAt: stored.capturedAt,
                luma: picture.frame.luma)
            return report
        case .repeats(let kept, let kind):
            return try await ledger.record(
                EmptySlot(.duplicate, detail: SlotReason(label: kind.rawValue), seen: kept.frame), for: picture.slot,
                received: picture.received, attempts: picture.attempts)
        }
    }

    /// Notices a camera that stands still while something prints.
    private func watch(_ novelty: Novelty, of frame: ValidFrame) {
        var sight = FrozenWatch.Sight.other
        if case .repeats(_, .identical) = novelty {
            // What the agent uploads only now and then, and what is announced until then, is no camera that hangs.
            guard frame.origin.variant != .latest else { return }
            sight = .same
        }
        let now = clock.now()
        let isPrinting = prints.isPrinting(at: now) && prints.current?.state == .printing
        switch frozen.saw(sight, isPrinting: isPrinting, at: now) {
        case .froze(let since): tell(.frozen(camera, since: since))
        case .thawed: tell(.thawed(camera))
        case nil: break
        }
    }

    /// What the server's failure detection says of the print; nothing is lost where it does not answer.
    private func prediction(of print: PrintJob?) async -> Double? {
        guard let detection, print?.state.isActive == true else { return nil }
        do {
            return try await cancelledByShutdown { () async throws(TunnelError) in try await detection.prediction() }?
                .value
        } catch {
            return nil
        }
    }

    // MARK: Slots without a picture

    private func outcome(of fetched: PictureFetch.Outcome, isWanted: Bool) -> EmptySlot {
        switch fetched.result {
        case .unchanged where !isWanted, .none where !isWanted: .notPrinting
        case .unchanged: EmptySlot(.unchanged, seen: knownIsKept ? lastKept?.frame : nil)
        case .none(let reason): EmptySlot(.noPicture, detail: reason)
        case .rejected(let rejection): EmptySlot(rejection)
        case .refused(let error): EmptySlot(error)
        case .failed(let error): EmptySlot(error)
        case .picture: preconditionFailure("a picture has its own way")
        }
    }
}
