import Archive
import Budget
import NIOCore
import Snapshots
import Tunnel
import Validation
import Vocabulary

/// Gets one whole picture from a camera, or tells why there is none: leave to fetch, snapshot, validation.
///
/// The server overwrites a picture's file in place, so a fetch may tear (113 of 383 were seen to, under back-to-back
/// uploads). A torn or unsound picture is therefore asked for again at once, a few times.
struct PictureFetch {
    let camera: CameraName
    let feed: PictureFeed
    /// `nil` for a camera that is behind no tunnel.
    let allowances: Allowances?
    let archive: FrameArchive
    let clock: any JobClock
    let tell: @Sendable (CaptureEvent) -> Void
    let validator = FrameValidator()
    /// The live camera is left alone for a while after it failed; the announced pictures go on.
    private var liveBackOff = BackOff()
    private var generator = SystemRandomNumberGenerator()

    init(
        camera: CameraName, feed: PictureFeed, allowances: Allowances?, archive: FrameArchive, clock: any JobClock,
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        (self.camera, self.feed, self.allowances) = (camera, feed, allowances)
        (self.archive, self.clock, self.tell) = (archive, clock, tell)
    }

    static let attempts = 6
    /// Time for all attempts, where the interval is shorter: a whole picture is worth a slot that follows too soon.
    static let shortestWindow = Duration.seconds(2)
    /// Before the second attempt, and twice that before each further one.
    static let firstPause = Duration.milliseconds(10)

    enum Result {
        case picture(ValidFrame, PictureIdentity?)
        case unchanged
        case none(reason: String)
        case rejected(FrameRejection)
        case refused(BudgetError)
        case failed(TunnelError)
    }

    struct Outcome {
        var result: Result
        var received = ByteCount.zero
        var attempts = 0
    }

    /// - Parameters:
    ///   - known: the identity of the last sound picture, which is not fetched again.
    ///   - isPrinting: whether a print runs, as far as it is known.
    /// - Throws: ``ArchiveError`` where a rejected body could not be put into quarantine.
    mutating func picture(
        knowing known: PictureIdentity?, within interval: Duration, isPrinting: Bool
    ) async throws(ArchiveError) -> Outcome {
        let end = clock.now() + max(interval, Self.shortestWindow)
        var outcome = try await picture(from: feed.primary, knowing: known, until: end, isPrinting: isPrinting)
        guard let live = feed.live, isPrinting, outcome.result.isNothingNew,
            !liveBackOff.isWaiting(at: clock.now())
        else { return outcome }

        let fromLive = try await picture(from: live, knowing: nil, until: end, isPrinting: isPrinting)
        outcome.received += fromLive.received
        outcome.attempts += fromLive.attempts
        switch fromLive.result {
        case .picture:
            liveBackOff.succeeded()
            outcome.result = fromLive.result
        case .failed(let error):
            liveBackOff.failed(error.disposition, at: clock.now(), using: &generator)
            tell(.liveFailed(camera, reason: error.description))
        case .unchanged, .none, .rejected, .refused: break
        }
        return outcome
    }

    private func picture(
        from source: PictureFeed.Source, knowing known: PictureIdentity?, until end: Timestamp, isPrinting: Bool
    ) async throws(ArchiveError) -> Outcome {
        do throws(BudgetError) {
            if let route = source.route {
                try await allowances?.begin(camera, by: route, within: source.share, isPrinting: isPrinting)
            }
        } catch {
            return Outcome(result: .refused(error))
        }
        var received = ByteCount.zero
        var pause = Self.firstPause
        var attempt = 0
        while true {
            attempt += 1
            var outcome = try await attemptOnce(
                source, knowing: known, within: max(.zero, end - clock.now()))
            received += outcome.received
            (outcome.received, outcome.attempts) = (received, attempt)
            guard let reason = outcome.result.reasonToRetry, attempt < Self.attempts, clock.now() + pause < end,
                await sleeps(pause)
            else { return outcome }
            tell(.retrying(camera, reason: reason))
            pause = pause * 2
        }
    }

    private func attemptOnce(
        _ source: PictureFeed.Source, knowing known: PictureIdentity?, within left: Duration
    ) async throws(ArchiveError) -> Outcome {
        let answer: SnapshotAnswer
        do throws(Unanswered) {
            answer = try await withinAllowance(of: source) { () async throws(TunnelError) in
                try await source.snapshots.next(knowing: known, within: left)
            }
        } catch {
            switch error {
            case .refused(let error): return Outcome(result: .refused(error))
            case .failed(let error): return Outcome(result: .failed(error), received: error.bytesReceived)
            }
        }
        let snapshot: Snapshot
        let identity: PictureIdentity?
        var tear: TunnelError?
        switch answer {
        case .noPicture(let reason): return Outcome(result: .none(reason: reason))
        case .unchanged: return Outcome(result: .unchanged)
        case .snapshot(let taken, let name): (snapshot, identity) = (taken, name)
        case .torn(let taken, let name, let error): (snapshot, identity, tear) = (taken, name, error)
        }
        let received = ByteCount(snapshot.bytes.readableBytes)
        do throws(FrameRejection) {
            return Outcome(result: .picture(try validator.validate(snapshot), identity), received: received)
        } catch {
            if let tear { return Outcome(result: .failed(tear), received: received) }
            try await keep(snapshot, error)
            return Outcome(result: .rejected(error), received: received)
        }
    }

    /// Puts a rejected body into quarantine, where there is room for it: its slot is told of in any case.
    private func keep(_ snapshot: Snapshot, _ rejection: FrameRejection) async throws(ArchiveError) {
        do throws(ArchiveError) {
            try await archive.quarantine(snapshot, rejection)
        } catch {
            guard case .wait = error.disposition else { throw error }
        }
    }

    private enum Unanswered: Error {
        case refused(BudgetError)
        case failed(TunnelError)
    }

    /// Asks for one picture, its bytes reserved before and settled after, whatever comes.
    private func withinAllowance(
        of source: PictureFeed.Source, _ ask: @escaping @Sendable () async throws(TunnelError) -> SnapshotAnswer
    ) async throws(Unanswered) -> SnapshotAnswer {
        let reservation: BudgetReservation?
        do throws(BudgetError) {
            if let route = source.route {
                reservation = try await allowances?.reserve(for: camera, by: route, within: source.share)
            } else {
                reservation = nil
            }
        } catch {
            throw .refused(error)
        }
        do throws(TunnelError) {
            let answer = try await cancelledByShutdown(ask)
            await settle(reservation, received: answer.received)
            return answer
        } catch {
            await settle(reservation, received: error.bytesReceived)
            if error.outcome == .cap { await allowances?.serverRefusedOverCap(camera) }
            throw .failed(error)
        }
    }

    private func settle(_ reservation: BudgetReservation?, received: ByteCount) async {
        guard let reservation else { return }
        await allowances?.settle(reservation, received: received, of: camera)
    }

    /// `false` where the job is being stopped, so that no further attempt is worth making.
    private func sleeps(_ pause: Duration) async -> Bool {
        do {
            try await clock.sleep(until: clock.now() + pause)
            return true
        } catch {
            return false
        }
    }
}

extension PictureFetch.Result {
    /// Whether the source works and has no picture that was not seen before.
    fileprivate var isNothingNew: Bool {
        switch self {
        case .unchanged, .none: true
        case .picture, .rejected, .refused, .failed: false
        }
    }

    /// Why the same picture may be whole a moment later; `nil` where asking again is of no use.
    fileprivate var reasonToRetry: String? {
        switch self {
        case .rejected(let rejection): rejection.isWorthAnotherTry ? rejection.description : nil
        case .failed(let error): error.isTorn ? error.description : nil
        case .picture, .unchanged, .none, .refused: nil
        }
    }
}

extension SnapshotAnswer {
    /// Bytes of picture that came.
    fileprivate var received: ByteCount {
        switch self {
        case .snapshot(let snapshot, _), .torn(let snapshot, _, _): ByteCount(snapshot.bytes.readableBytes)
        case .unchanged, .noPicture: .zero
        }
    }
}
