import Synchronization

/// What goes by one scale of time, and ends where the clock leaps.
struct Era: Sendable {
    let allowances: Allowances
    let runner: CameraRunner
    let watch: ClockWatch
    let end = EraEnd()
}

/// The end of an era, for what would go on for ever.
final class EraEnd: Sendable {
    private struct State {
        var hasCome = false
        var tasks: [Task<Void, any Error>] = []
    }

    private let state = Mutex(State())

    func come() {
        let tasks = state.withLock { state in
            state.hasCome = true
            return state.tasks
        }
        for task in tasks { task.cancel() }
    }

    /// Runs something until it fails, the era ends or the task is cancelled.
    ///
    /// - Throws: what `body` throws: `CancellationError` where the era has ended.
    func run(_ body: @escaping @Sendable () async throws -> Never) async throws {
        let task = Task<Void, any Error> { try await body() }
        let isOver = state.withLock { state in
            state.tasks.append(task)
            return state.hasCome
        }
        if isOver { task.cancel() }
        try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
