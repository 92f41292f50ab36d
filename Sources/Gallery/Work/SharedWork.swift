internal import Synchronization

/// Does the same work once for all who ask for it at the same time, and gives it up once nobody waits for it any more.
final class SharedWork<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        let number: Int
        let task: Task<Value, any Error>
        var waiting: Int
    }

    private struct State {
        var number = 0
        var entries: [Key: Entry] = [:]
    }

    private let state = Mutex(State())

    init() {}

    func value(_ key: Key, _ make: @Sendable @escaping () async throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        let (task, number) = state.withLock { state in
            if var entry = state.entries[key] {
                entry.waiting += 1
                state.entries[key] = entry
                return (entry.task, entry.number)
            }
            state.number += 1
            let number = state.number
            let task = Task {
                defer { self.end(key, number) }
                return try await make()
            }
            state.entries[key] = Entry(number: number, task: task, waiting: 1)
            return (task, number)
        }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            leave(key, number)
        }
    }

    private func leave(_ key: Key, _ number: Int) {
        state.withLock { state in
            guard var entry = state.entries[key], entry.number == number else { return }
            entry.waiting -= 1
            state.entries[key] = entry
            guard entry.waiting == 0 else { return }
            // Who asks from now on must not get a cancellation that is not his.
            state.entries[key] = nil
            entry.task.cancel()
        }
    }

    private func end(_ key: Key, _ number: Int) {
        state.withLock { state in
            if state.entries[key]?.number == number { state.entries[key] = nil }
        }
    }
}
