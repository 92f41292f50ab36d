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
    let source: any SnapshotSource
    let allowance: Allowance?
    let archive: FrameArchive
    let clock: any JobClock
    let tell: @Sendable (CaptureEvent) -> Void
    let validator = FrameValidator()

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

    /// - Parameter known: the identity of the last sound picture, which is not fetched again.
    /// - Throws: ``ArchiveError`` where a rejected body could not be put into quarantine.
    func picture(
        knowing known: PictureIdentity?, within interval: Duration
    ) async throws(ArchiveError) -> Outcome {
        let end = clock.now() + max(interval, Self.shortestWindow)
        var received = ByteCount.zero
        var pause = Self.firstPause
        var attempt = 0
        while true {
            attempt += 1
            var outcome = try await attemptOnce(knowing: known)
            received += outcome.received
            (outcome.received, outcome.attempts) = (received, attempt)
            guard let reason = outcome.result.reasonToRetry, attempt < Self.attempts, clock.now() + pause < end,
                await sleeps(pause)
            else { return outcome }
            tell(.retrying(camera, reason: reason))
            pause = pause * 2
        }
    }

    private func attemptOnce(knowing known: PictureIdentity?) async throws(ArchiveError) -> Outcome {
        let answer: SnapshotAnswer
        do throws(Unanswered) {
            answer = try await withinAllowance { [source] () async throws(TunnelError) in
                try await source.next(knowing: known)
            }
        } catch {
            switch error {
            case .refused(let error): return Outcome(result: .refused(error))
            case .failed(let error): return Outcome(result: .failed(error), received: error.bytesReceived)
            }
        }
        let snapshot: Snapshot
        let identity: PictureIdentity?
        switch answer {
        case .noPicture(let reason): return Outcome(result: .none(reason: reason))
        case .unchanged: return Outcome(result: .unchanged)
        case .snapshot(let taken, let name): (snapshot, identity) = (taken, name)
        }
        let received = ByteCount(snapshot.bytes.readableBytes)
        do throws(FrameRejection) {
            return Outcome(result: .picture(try validator.validate(snapshot), identity), received: received)
        } catch {
            try await archive.quarantine(snapshot, error)
            return Outcome(result: .rejected(error), received: received)
        }
    }

    private enum Unanswered: Error {
        case refused(BudgetError)
        case failed(TunnelError)
    }

    /// Asks for one picture, its bytes reserved before and settled after, whatever comes.
    private func withinAllowance(
        _ ask: @escaping @Sendable () async throws(TunnelError) -> SnapshotAnswer
    ) async throws(Unanswered) -> SnapshotAnswer {
        let reservation: BudgetReservation?
        do throws(BudgetError) {
            reservation = try await allowance?.reserve()
        } catch {
            throw .refused(error)
        }
        do throws(TunnelError) {
            let answer = try await cancelledByShutdown(ask)
            await settle(reservation, received: answer.received)
            return answer
        } catch {
            await settle(reservation, received: error.bytesReceived)
            if error.outcome == .cap { await allowance?.serverRefusedOverCap() }
            throw .failed(error)
        }
    }

    private func settle(_ reservation: BudgetReservation?, received: ByteCount) async {
        guard let reservation else { return }
        await allowance?.settle(reservation, received: received)
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
        if case .snapshot(let snapshot, _) = self { ByteCount(snapshot.bytes.readableBytes) } else { .zero }
    }
}
