import ServiceLifecycle
import Synchronization
import Vocabulary

/// The way to end one camera while the others go on: what it is doing is finished, and what it waits for is not.
final class CameraStop: Sendable {
    private struct State {
        var isRequested = false
        var sleepers: [Int: Task<Void, any Error>] = [:]
        var slept = 0
    }

    private let state = Mutex(State())

    var isRequested: Bool { state.withLock(\.isRequested) }

    func request() {
        state.withLock { state in
            state.isRequested = true
            for sleeper in state.sleepers.values { sleeper.cancel() }
        }
    }

    /// Waits for an instant.
    ///
    /// - Returns: `false` where the camera or the job is told to stop first.
    func sleeps(until instant: Timestamp, by clock: any JobClock) async -> Bool {
        let begun = state.withLock { state -> (number: Int, sleeper: Task<Void, any Error>)? in
            guard !state.isRequested else { return nil }
            let sleeper = Task { try await clock.sleep(until: instant) }
            state.slept += 1
            state.sleepers[state.slept] = sleeper
            return (state.slept, sleeper)
        }
        guard let (number, sleeper) = begun else { return false }
        defer { _ = state.withLock { $0.sleepers.removeValue(forKey: number) } }
        let result = await cancelWhenGracefulShutdown {
            await withTaskCancellationHandler {
                await sleeper.result
            } onCancel: {
                sleeper.cancel()
            }
        }
        if case .failure = result { return false }
        return !self.isRequested && !Task.isShuttingDownGracefully && !Task.isCancelled
    }
}
