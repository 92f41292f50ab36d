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
    }

    private let state: Mutex<State>
    private let population: Int

    /// - Parameter population: how many tasks sleep by this clock at the same time: one for each camera, and one more for each
    ///   camera behind a tunnel, whose allowance is read now and then.
    public init(start: Timestamp, population: Int) {
        state = Mutex(State(now: start))
        self.population = population
    }

    public func now() -> Timestamp { state.withLock(\.now) }

    /// Lets time pass while nobody sleeps, as between two jobs.
    public func advance(by duration: Duration) { state.withLock { $0.now = $0.now + duration } }

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
            guard state.sleepers.count >= population,
                let first = state.sleepers.indices.min(by: { state.sleepers[$0].instant < state.sleepers[$1].instant })
            else { return (nil, false) }
            state.now = max(state.now, state.sleepers[first].instant)
            return (state.sleepers.remove(at: first), false)
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
