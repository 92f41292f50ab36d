import Synchronization
import Vocabulary

/// A clock whose time passes only while so many tasks sleep by it as are told: then it is at once the instant at which the first
/// of them wants to wake.
final class SleepersClock: Clock, Sendable {
    typealias Instant = ManualClock.Instant

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Int: (deadline: Instant, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var nextID = 0
    }

    private let state = Mutex(State())
    private let population: Int

    init(population: Int) {
        self.population = population
    }

    var now: Instant { state.withLock(\.now) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let woken = state.withLock { state -> CheckedContinuation<Void, any Error>? in
                    if Task.isCancelled { return continuation }
                    state.sleepers[id] = (deadline, continuation)
                    guard state.sleepers.count == population,
                        let first = state.sleepers.min(by: { $0.value.deadline < $1.value.deadline })
                    else { return nil }
                    state.sleepers[first.key] = nil
                    state.now = max(state.now, first.value.deadline)
                    return first.value.continuation
                }
                woken?.resume(with: Result { try Task.checkCancellation() })
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: id) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
