import Archive
import Budget
import NIOCore
import Snapshots
import Storage
import Tunnel
import Validation
import Vocabulary

/// Gets one whole picture from a source, or tells why there is none: leave to fetch, snapshot, validation.
///
/// The server overwrites a picture's file in place, so a fetch may tear (113 of 383 were seen to, under back-to-back
/// uploads). A torn or unsound picture is therefore asked for again, as the ``RetryPlan`` has it.
final class PictureFetch {
    let camera: CameraName
    let source: PictureFeed.Source
    /// `nil` for a camera that is behind no tunnel.
    let allowances: Allowances?
    let archive: FrameArchive
    let clock: any JobClock
    /// Ends the pauses between attempts.
    let stop: CameraStop
    let tell: @Sendable (CaptureEvent) -> Void
    let validator = FrameValidator()
    private var plan: RetryPlan
    private var remarked: Set<SourceRemark> = []
    /// `nil` until the camera's first picture.
    private var series: PictureSeries?
    /// The last suspect picture that was taken all the same: it is not doubted anew as long as it is shown.
    private var doubted: ByteBuffer?

    /// A picture that is only suspect is asked for again so often: each time it costs its bytes, and it may well be sound.
    private static let secondLooks = 2

    init(
        camera: CameraName, source: PictureFeed.Source, allowances: Allowances?, archive: FrameArchive,
        clock: any JobClock, stop: CameraStop, tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        (self.camera, self.source, self.allowances) = (camera, source, allowances)
        (self.archive, self.clock, self.stop, self.tell) = (archive, clock, stop, tell)
        plan = RetryPlan(attempts: source.attempts)
    }

    enum Result {
        case picture(ValidFrame, PictureIdentity?)
        case unchanged
        case none(reason: SlotReason)
        case rejected(FrameRejection)
        case refused(BudgetError)
        case failed(SnapshotError)
    }

    struct Outcome {
        var result: Result
        var received = ByteCount.zero
        var attempts = 0
        /// What came in the last attempt, where that was no picture.
        fileprivate var body: ByteBuffer?
        /// What came, where only its end marker is missing.
        fileprivate var endless: (frame: ValidFrame, identity: PictureIdentity?)?

        init(_ result: Result, received: ByteCount = .zero, body: ByteBuffer? = nil) {
            (self.result, self.received, self.body) = (result, received, body)
        }
    }

    /// - Parameters:
    ///   - known: the identity of the last sound picture, which is not fetched again.
    ///   - isPrinting: whether a print runs, as far as it is known.
    /// - Throws: ``ArchiveError`` where a rejected body could not be put into quarantine.
    func picture(
        knowing known: PictureIdentity?, within interval: Duration, isPrinting: Bool
    ) async throws(ArchiveError) -> Outcome {
        do throws(BudgetError) {
            if let route = source.route {
                try await allowances?.begin(camera, by: route, within: source.share, isPrinting: isPrinting)
            }
        } catch {
            return Outcome(.refused(error))
        }
        plan.begin(at: clock.now(), within: interval)
        var received = ByteCount.zero
        var attempt = 0
        var suspect: Outcome?
        var others = 0
        while true {
            attempt += 1
            var outcome = try await attemptOnce(knowing: known, within: plan.left(at: clock.now()))
            received += outcome.received
            if outcome.suspicion != nil { suspect = outcome }
            if outcome.body != nil, outcome.endless == nil { others += 1 }
            guard let fault = fault(of: outcome, attempt), let pause = plan.pause(after: fault, at: clock.now()),
                await stop.sleeps(until: clock.now() + pause, by: clock)
            else {
                if let late = takeEndless(outcome, others: others) { outcome.result = late }
                // Nothing better came: nobody's frame is thrown away on a suspicion.
                if let suspect, !outcome.isPicture { outcome = suspect }
                if case .picture(let frame, _) = outcome.result { doubted = frame.suspicion.map { _ in frame.bytes } }
                (outcome.received, outcome.attempts) = (received, attempt)
                tellChange(by: outcome)
                return outcome
            }
            tell(.retrying(camera, reason: outcome.reason))
        }
    }

    /// What the retry plan makes of an attempt; `nil` where nothing is wrong, or only what is the camera's way.
    private func fault(of outcome: Outcome, _ attempt: Int) -> RetryPlan.Fault? {
        guard case .picture(let frame, _) = outcome.result else { return outcome.fault }
        guard let suspicion = frame.suspicion, suspicion.kind.isDoubtful, series?.isOdd != true, frame.bytes != doubted,
            attempt <= Self.secondLooks
        else { return nil }
        return .torn(label: suspicion.kind.rawValue, body: frame.bytes)
    }

    private func tellChange(by outcome: Outcome) {
        switch plan.finish(sawPicture: outcome.isPicture) {
        case .lasts: tell(.faultLasts(camera, reason: outcome.reason))
        // That it lacks its ends goes on, and is told of below.
        case .healed: if series?.lacksEnds != true { tell(.faultOver(camera)) }
        case nil: break
        }
        guard outcome.isPicture else { return }
        var remarks = source.snapshots.remarks
        if series?.lacksEnds == true { remarks.append(.lacksEnds) } else { remarked.remove(.lacksEnds) }
        for remark in remarks where remarked.insert(remark).inserted { tell(.remark(camera, remark)) }
    }

    /// The picture of a slot in which all that came lacked EOI alone, once the slots before it were like it.
    private func takeEndless(_ outcome: Outcome, others: Int) -> Result? {
        guard let endless = outcome.endless, others == 0 else {
            if others > 0 { series?.noteOtherwise() }
            return nil
        }
        series?.noteLackingEnd()
        guard series?.lacksEnds == true else { return nil }
        return .picture(endless.frame, endless.identity)
    }

    /// The traces of the cameras' last kept pictures. A few hundred cameras' stay; those of more are read again each time.
    private static let traces = PictureTraces<SHA256Digest>(bytes: 16 << 20)

    /// Notes what the camera's next pictures are judged by.
    static func kept(_ frame: ValidFrame, as sha256: SHA256Digest) {
        if let trace = frame.trace { traces.keep(trace, as: sha256) }
    }

    /// Of the camera's last kept picture; `nil` where nothing can be compared with it.
    private func pictureBefore() throws(ArchiveError) -> PictureTrace? {
        let newest = try archive.newestFrame(of: camera)
        if series == nil { series = PictureSeries(after: newest?.suspicion?.kind) }
        guard let newest, newest.suspicion?.kind.isDoubtful != true, newest.damagedAt == nil else { return nil }
        if let known = Self.traces[newest.sha256] { return known }
        let bytes: ByteBuffer
        do {
            bytes = try archive.picture(of: newest.id)
        } catch {
            switch error {
            case .damaged: return nil  // `verify` names it
            case .offloaded, .elsewhere: return nil  // a capture waits for no store
            default: throw error
            }
        }
        do throws(FrameRejection) {
            let trace = try validator.examine(bytes).trace
            Self.traces.keep(trace, as: newest.sha256)
            return trace
        } catch {
            return nil  // stored before it would have been refused: `verify` names it
        }
    }

    private func judge(
        _ picture: ExaminedPicture, of origin: SnapshotOrigin, _ before: PictureTrace?
    ) throws(FrameRejection) -> ValidFrame {
        var judge = series ?? PictureSeries()
        defer { series = judge }
        return ValidFrame(try judge.judge(picture, after: before), from: origin)
    }

    private func attemptOnce(
        knowing known: PictureIdentity?, within left: Duration
    ) async throws(ArchiveError) -> Outcome {
        let answer: SnapshotAnswer
        do throws(Unanswered) {
            answer = try await withinAllowance { [source] () async throws(SnapshotError) in
                try await source.snapshots.next(knowing: known, within: left)
            }
        } catch {
            switch error {
            case .refused(let error): return Outcome(.refused(error))
            case .failed(let error): return Outcome(.failed(error), received: error.bytesReceived)
            }
        }
        let snapshot: Snapshot
        let identity: PictureIdentity?
        var tear: SnapshotError?
        switch answer {
        case .noPicture(let reason): return Outcome(.none(reason: reason))
        case .unchanged: return Outcome(.unchanged)
        case .snapshot(let taken, let name): (snapshot, identity) = (taken, name)
        case .torn(let taken, let name, let error): (snapshot, identity, tear) = (taken, name, error)
        }
        let received = ByteCount(snapshot.bytes.readableBytes)
        let before = try pictureBefore()
        var endless: ValidFrame?
        do throws(FrameRejection) {
            let examined = try validator.examine(snapshot.bytes)
            if examined.lackingEnd != nil { endless = ValidFrame(examined.takenAsWhole, from: snapshot.origin) }
            return Outcome(
                .picture(try judge(examined, of: snapshot.origin, before), identity), received: received)
        } catch {
            if let tear { return Outcome(.failed(tear), received: received, body: snapshot.bytes) }
            try await keep(snapshot, error)
            var outcome = Outcome(.rejected(error), received: received, body: snapshot.bytes)
            outcome.endless = endless.map { ($0, identity) }
            return outcome
        }
    }

    /// Puts a rejected body into quarantine, where there is room for it: its slot is told of in any case.
    private func keep(_ snapshot: Snapshot, _ rejection: FrameRejection) async throws(ArchiveError) {
        do throws(ArchiveError) {
            try await archive.quarantine(snapshot, rejection)
        } catch {
            guard !error.disposition.endsJob else { throw error }
        }
    }

    /// Whether the last picture of the print is still there.
    ///
    /// - Returns: `nil` where that is not known.
    func lastOfPrintIsThere() async -> Bool? {
        guard let route = source.route, route == .announced else { return nil }
        let reservation: BudgetReservation?
        do throws(BudgetError) {
            reservation = try await allowances?.reserve(for: camera, by: route)
        } catch {
            return nil
        }
        let last = await source.snapshots.lastOfPrint()
        switch last {
        case .there(let received), .unknown(let received): await settle(reservation, received: received)
        case .gone: await settle(reservation, received: .zero)
        }
        return switch last {
        case .there: true
        case .gone: false
        case .unknown: nil
        }
    }

    private enum Unanswered: Error {
        case refused(BudgetError)
        case failed(SnapshotError)
    }

    /// Asks for one picture, its bytes reserved before and settled after, whatever comes.
    private func withinAllowance(
        _ ask: @escaping @Sendable () async throws(SnapshotError) -> SnapshotAnswer
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
        do throws(SnapshotError) {
            let answer = try await cancelledByShutdown(ask)
            await settle(reservation, received: answer.received)
            return answer
        } catch {
            await settle(reservation, received: error.bytesReceived)
            if error.outcome == .cap, let route = source.route {
                await allowances?.serverRefusedOverCap(camera, by: route)
            }
            throw .failed(error)
        }
    }

    private func settle(_ reservation: BudgetReservation?, received: ByteCount) async {
        guard let reservation else { return }
        await allowances?.settle(reservation, received: received, of: camera)
    }
}

extension PictureFetch.Outcome {
    /// Whether the source works and has no picture that was not seen before.
    var isNothingNew: Bool {
        switch result {
        case .unchanged, .none: true
        case .picture, .rejected, .refused, .failed: false
        }
    }

    fileprivate var isPicture: Bool {
        if case .picture = result { true } else { false }
    }

    fileprivate var suspicion: Suspicion? {
        if case .picture(let frame, _) = result { frame.suspicion } else { nil }
    }

    /// What the retry plan makes of it; `nil` where nothing is wrong with the source.
    fileprivate var fault: RetryPlan.Fault? {
        switch result {
        case .rejected(let rejection): RetryPlan.Fault(rejection, body: body)
        case .failed(let error): RetryPlan.Fault(error, body: body)
        case .picture, .unchanged, .none, .refused: nil
        }
    }

    /// What is wrong, in a sentence.
    var reason: String {
        switch result {
        case .rejected(let rejection): rejection.description
        case .failed(let error): error.description
        case .refused(let error): error.description
        case .none(let reason): reason.phrase
        case .picture(let frame, _): frame.suspicion.map { "\($0.kind.rawValue), \($0.place)" } ?? ""
        case .unchanged: ""
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
