package import Capture
internal import Foundation
internal import Synchronization
package import Vocabulary

/// A clock whose time passes only while all who live by it are asleep: then it is at once the instant at which the first
/// of them wants to wake. Hours of a job take as long as its work does.
package final class VirtualClock: JobClock {
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
        /// By how much the clock was set that was not followed yet, and who waits for that.
        var set: Duration?
        var error = Duration.zero
        var watchers: [(id: UUID, continuation: CheckedContinuation<Void, any Error>)] = []

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
    package init(start: Timestamp, population: Int) {
        state = Mutex(State(now: start, population: population))
    }

    package func now() -> Timestamp { state.withLock(\.now) }

    /// Lets time pass while nobody sleeps, as between two jobs.
    package func advance(by duration: Duration) { state.withLock { $0.now = $0.now + duration } }

    /// What the time is in truth: the clock's, but for how it was set.
    package var truth: Timestamp { state.withLock { $0.now - $0.error } }

    /// By how much the clock is ahead of the truth.
    package var error: Duration { state.withLock(\.error) }

    /// Sets the clock. No time passes until that is followed.
    package func set(by shift: Duration) {
        let watchers = state.withLock { state in
            if state.set == nil { state.population += 1 }
            state.set = (state.set ?? .zero) + shift
            defer { state.watchers = [] }
            return state.watchers
        }
        for watcher in watchers { watcher.continuation.resume() }
    }

    /// Sets the clock while no job runs.
    package func setAtRest(by shift: Duration) {
        state.withLock { state in
            state.now = state.now + shift
            state.error += shift
        }
    }

    package func leap() async throws -> ClockLeap {
        while true {
            let (now, shift) = state.withLock { ($0.now, $0.set) }
            if let shift { return ClockLeap(before: now, after: now + shift) }
            let id = UUID()
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    let (isSet, isCancelled) = state.withLock { state in
                        let isCancelled = state.cancelled.remove(id) != nil
                        if state.set == nil, !isCancelled { state.watchers.append((id, continuation)) }
                        return (state.set != nil, isCancelled)
                    }
                    if isCancelled {
                        continuation.resume(throwing: CancellationError())
                    } else if isSet {
                        continuation.resume()
                    }
                }
            } onCancel: {
                let watcher = state.withLock { state in
                    guard let index = state.watchers.firstIndex(where: { $0.id == id }) else {
                        state.cancelled.insert(id)
                        return CheckedContinuation<Void, any Error>?.none
                    }
                    return state.watchers.remove(at: index).continuation
                }
                watcher?.resume(throwing: CancellationError())
            }
        }
    }

    package func follow(_ leap: ClockLeap) {
        let woken = state.withLock { state in
            state.now = state.now + leap.shift
            state.error += leap.shift
            state.sleepers = state.sleepers.map {
                Sleeper(id: $0.id, instant: $0.instant + leap.shift, continuation: $0.continuation)
            }
            state.set = nil
            state.population -= 1
            return state.firstToWake()
        }
        woken?.continuation.resume()
    }

    /// One of those who live by it has ended.
    package func retire() {
        let woken = state.withLock { state in
            state.population -= 1
            return state.firstToWake()
        }
        woken?.continuation.resume()
    }

    /// More of them come, as for another job.
    package func enroll(_ count: Int) { state.withLock { $0.population += count } }

    package func sleep(until instant: Timestamp) async throws {
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
