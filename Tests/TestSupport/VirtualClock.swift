public import Capture
internal import Foundation
internal import Synchronization
public import Vocabulary

/// A clock whose time passes only while all who live by it are asleep: then it is at once the instant at which the first
/// of them wants to wake. Hours of a job take as long as its work does.
public final class VirtualClock: JobClock {
    private struct Sleeper {
        let id: UUID
        let instant: Timestamp
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Timestamp
        var sleepers: [Sleeper] = []
        var cancelled: Set<UUID> = []
        var population: Int

        /// Time passes to the first sleeper's instant if all are asleep.
        mutating func firstToWake() -> Sleeper? {
            guard sleepers.count >= population,
                let first = sleepers.indices.min(by: { sleepers[$0].instant < sleepers[$1].instant })
            else { return nil }
            now = max(now, sleepers[first].instant)
            return sleepers.remove(at: first)
        }
    }

    private let state: Mutex<State>
    /// - Parameter population: how many tasks sleep by this clock at the same time: one for each camera, and one more for each
    ///   camera behind a tunnel, whose allowance is read now and then.
    public init(start: Timestamp, population: Int) {
        state = Mutex(State(now: start, population: population))
    }

    public func now() -> Timestamp { state.withLock(\.now) }

    /// Lets time pass while nobody sleeps, as between two jobs.
    public func advance(by duration: Duration) { state.withLock { $0.now = $0.now + duration } }

    /// One of those who live by it has ended.
    public func retire() {
        let woken = state.withLock { state in
            state.population -= 1
            return state.firstToWake()
        }
        woken?.continuation.resume()
    }

    /// More of them come, as for another job.
    public func enroll(_ count: Int) { state.withLock { $0.population += count } }

    public func sleep(until instant: Timestamp) async throws {
        let id = UUID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(Sleeper(id: id, instant: instant, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func enqueue(_ sleeper: Sleeper) {
        let (woken, isCancelled) = state.withLock { state -> (Sleeper?, Bool) in
            if state.cancelled.remove(sleeper.id) != nil { return (sleeper, true) }
            state.sleepers.append(sleeper)
            return (state.firstToWake(), false)
        }
        if isCancelled {
            woken?.continuation.resume(throwing: CancellationError())
        } else {
            woken?.continuation.resume()
        }
    }

    private func cancel(_ id: UUID) {
        let sleeper = state.withLock { state -> Sleeper? in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
