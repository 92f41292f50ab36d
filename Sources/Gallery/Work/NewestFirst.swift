internal import Synchronization

/// Lets a few through at once. Of those who wait the newest is next; where too many wait, the one that came first is sent away.
final class NewestFirst: Sendable {
    private struct Waiter {
        let id: Int
        let turn: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var free: Int
        var number = 0
        var waiting: [Waiter] = []
    }

    private let state: Mutex<State>
    private let mostWaiting: Int

    init(atOnce: Int, waiting: Int) {
        state = Mutex(State(free: atOnce))
        mostWaiting = waiting
    }

    /// - Throws: ``Problem/busy(retryAfter:)`` where the turn does not come because too many newer ones wait, or `CancellationError`.
    func turn<Value>(_ work: () async throws -> Value) async throws -> Value {
        try await begin()
        defer { end() }
        try Task.checkCancellation()
        return try await work()
    }

    private func begin() async throws {
        let id = state.withLock { state in
            state.number += 1
            return state.number
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (turn: CheckedContinuation<Void, any Error>) in
                let (isFree, sentAway) = state.withLock { state -> (Bool, Waiter?) in
                    if Task.isCancelled { return (false, Waiter(id: id, turn: turn)) }
                    if state.free > 0 {
                        state.free -= 1
                        return (true, nil)
                    }
                    state.waiting.append(Waiter(id: id, turn: turn))
                    return (false, state.waiting.count > mostWaiting ? state.waiting.removeFirst() : nil)
                }
                if isFree { turn.resume() }
                sentAway?.turn.resume(throwing: sentAway?.id == id ? CancellationError() : Problem.busy() as any Error)
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
            }
            waiter?.turn.resume(throwing: CancellationError())
        }
    }

    private func end() {
        let next = state.withLock { state in
            if state.waiting.isEmpty { state.free += 1 }
            return state.waiting.popLast()
        }
        next?.turn.resume()
    }
}
