import Archive
import Care
import Storage
import Synchronization
import Vocabulary

/// Keeps the archive to its policy of retention while cameras capture: every hour, and as soon as room gets short.
///
/// It works in small steps between the slots' own changes. Whatever fails in it, captures go on.
final class Caretaker: Sendable {
    private struct State {
        var policy: RetentionPolicy?
        var isEmployed = false
    }

    private let archive: FrameArchive
    private let clock: any JobClock
    private let alarm: Alarm
    private let tell: @Sendable (CaptureEvent) -> Void
    private let state = Mutex(State())

    /// From the job's start to the first time: a start is busy enough.
    static let firstDelay = Duration.seconds(300)
    static let interval = Duration.seconds(3600)
    /// However short room is: what could go has just gone.
    static let shortestInterval = Duration.seconds(60)
    /// The part of the time that it may be at work.
    static let share = 20

    /// - Parameter alarm: rings when room gets short.
    init(
        archive: FrameArchive, clock: any JobClock, alarm: Alarm, tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        (self.archive, self.clock, self.alarm, self.tell) = (archive, clock, alarm, tell)
    }

    /// Takes the policy to keep to from now on.
    ///
    /// - Returns: whether ``run()`` is to be called: there is a policy, and it was not running for an earlier one.
    func keep(to policy: RetentionPolicy?) -> Bool {
        state.withLock { state in
            state.policy = policy
            defer { state.isEmployed = state.isEmployed || policy != nil }
            return policy != nil && !state.isEmployed
        }
    }

    /// Runs until the task is cancelled.
    ///
    /// - Throws: `CancellationError`.
    func run() async throws -> Never {
        var due = clock.now() + Self.firstDelay
        while true {
            try await alarm.sleep(until: due, by: clock)
            let begun = clock.now()
            let isDone = try await takeCare(at: begun)
            let ended = clock.now()
            try await clock.sleep(until: ended + max(Self.shortestInterval, (ended - begun) * Self.share))
            due = isDone ? ended + Self.interval : clock.now()
        }
    }

    /// - Returns: `false` where somebody else takes care of it right now; a pack that is moved out does so for seconds.
    private func takeCare(at now: Timestamp) async throws -> Bool {
        guard let policy = state.withLock({ $0.policy }) else { return true }
        do {
            let result = try await archive.prune(policy, at: now)
            if result.frames > 0 { tell(.pruned(result)) }
        } catch is CancellationError {
            throw CancellationError()
        } catch ArchiveError.inUse {
            return false
        } catch {
            tell(.notPruned(reason: "\(error)"))
        }
        return true
    }
}
