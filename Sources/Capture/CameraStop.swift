import ServiceLifecycle
import Synchronization
import Vocabulary

/// The way to end one camera while the others go on: what it is doing is finished, and what it waits for is not.
final class CameraStop: Sendable {
    private struct State {
        var isRequested = false
        var sleeper: Task<Void, any Error>?
    }

    private let state = Mutex(State())

    var isRequested: Bool { state.withLock(\.isRequested) }

    func request() {
        state.withLock { state in
            state.isRequested = true
            state.sleeper?.cancel()
        }
    }

    /// Waits for an instant.
    ///
    /// - Returns: `false` where the camera or the job is told to stop first.
    func sleeps(until instant: Timestamp, by clock: any JobClock) async -> Bool {
        let sleeper = Task { try await clock.sleep(until: instant) }
        let isRequested = state.withLock { state in
            state.sleeper = sleeper
            return state.isRequested
        }
        if isRequested { sleeper.cancel() }
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
