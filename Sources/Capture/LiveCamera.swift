import Budget
import Snapshots
import Synchronization
import Vocabulary

/// The live camera of a tunnel beside its announced pictures, asked in a task of its own: what is free never waits for it.
///
/// An agent that has fallen silent lets a call hang for 55 s. So a slot that finds nothing new waits for a live picture no longer
/// than it lasts itself. If none has come by then the slot has the outcome of the announced picture, and the live picture, when it
/// comes, is that of the slot in which it comes: pictures are kept in the order of their arrival. In a slot with a new announced
/// picture it is let go, for a slot has one picture.
final class LiveCamera: Sendable {
    private struct State {
        /// A picture is to be asked for.
        var isWanted = false
        /// A picture is being asked for.
        var isAsking = false
        /// What came and is not taken yet.
        var answer: PictureFetch.Outcome?
        var backOff = BackOff()
    }

    private let camera: CameraName
    private let interval: Duration
    private let makeFetch: @Sendable () -> PictureFetch
    private let clock: any JobClock
    private let tell: @Sendable (CaptureEvent) -> Void
    private let state = Mutex(State())
    private let wanted = Alarm()
    private let answered = Alarm()

    /// Between two looks whether something is wanted, beside being told.
    private static let idle = Duration.seconds(86_400)

    init(
        camera: CameraName, interval: Duration, clock: any JobClock, tell: @escaping @Sendable (CaptureEvent) -> Void,
        makeFetch: @escaping @Sendable () -> PictureFetch
    ) {
        (self.camera, self.interval, self.makeFetch) = (camera, interval, makeFetch)
        (self.clock, self.tell) = (clock, tell)
    }

    // MARK: For the slot

    /// A live picture, or why there was none, if that is known in time.
    ///
    /// - Returns: `nil` where it is still being asked for at `end`, or is left alone for now.
    func picture(by end: Timestamp) async -> PictureFetch.Outcome? {
        guard isToBeAwaited() else { return nil }
        while true {
            if let answer = take() { return answer }
            guard clock.now() < end, !Task.isCancelled else { return nil }
            do {
                try await answered.sleep(until: end, by: clock)
            } catch {
                return take()
            }
        }
    }

    /// What came for an earlier slot.
    func take() -> PictureFetch.Outcome? {
        state.withLock { state in
            defer { state.answer = nil }
            return state.answer
        }
    }

    /// Has a picture asked for, unless that is done already or the camera is left alone.
    private func isToBeAwaited() -> Bool {
        let (isToBeAwaited, isNew) = state.withLock { state in
            if state.answer != nil || state.isWanted || state.isAsking { return (true, false) }
            guard !state.backOff.isWaiting(at: clock.now()) else { return (false, false) }
            state.isWanted = true
            return (true, true)
        }
        if isNew { wanted.ring() }
        return isToBeAwaited
    }

    // MARK: Beside it

    /// Asks whenever a picture is wanted, until the task is cancelled.
    ///
    /// - Throws: ``ArchiveError`` where a rejected body could not be put into quarantine, `CancellationError`.
    func run() async throws -> Never {
        let fetch = makeFetch()
        var generator = SystemRandomNumberGenerator()
        while true {
            guard begins() else {
                try await wanted.sleep(until: clock.now() + Self.idle, by: clock)
                continue
            }
            let outcome = try await fetch.picture(knowing: nil, within: interval, isPrinting: true)
            let failure = outcome.failure
            state.withLock { state in
                (state.answer, state.isAsking) = (outcome, false)
                switch failure {
                case let disposition?: state.backOff.failed(disposition, at: clock.now(), using: &generator)
                case nil: state.backOff.succeeded()
                }
            }
            if failure != nil { tell(.liveFailed(camera, reason: outcome.reason)) }
            answered.ring()
        }
    }

    private func begins() -> Bool {
        state.withLock { state in
            guard state.isWanted else { return false }
            (state.isWanted, state.isAsking) = (false, true)
            return true
        }
    }
}

extension PictureFetch.Outcome {
    /// What is to be done about a live camera that gave no picture. Whatever is wrong with it, it is left alone for a while:
    /// each attempt may cost its bytes, and the announced pictures go on.
    fileprivate var failure: Disposition? {
        switch result {
        case .failed(let error): error.disposition == .skipSlot ? .wait(atLeast: nil) : error.disposition
        case .rejected: .wait(atLeast: nil)
        case .picture, .unchanged, .none, .refused: nil
        }
    }
}
