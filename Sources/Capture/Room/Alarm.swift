import Synchronization
import Vocabulary

/// A sleep that can be ended early from elsewhere.
final class Alarm: Sendable {
    private struct State {
        var isRung = false
        var sleeper: Task<Void, any Error>?
    }

    private let state = Mutex(State())

    /// Ends the sleep there is, or the next one as soon as it begins.
    func ring() {
        state.withLock { state in
            state.isRung = true
            state.sleeper?.cancel()
        }
    }

    /// Waits for an instant, or until it rings.
    ///
    /// - Throws: `CancellationError` where the task is cancelled.
    func sleep(until instant: Timestamp, by clock: any JobClock) async throws {
        let sleeper = state.withLock { state -> Task<Void, any Error>? in
            // Where it has rung already nobody falls asleep, not even for a moment: a clock may count its sleepers.
            if !state.isRung { state.sleeper = Task { try await clock.sleep(until: instant) } }
            return state.sleeper
        }
        if let sleeper {
            _ = await withTaskCancellationHandler {
                await sleeper.result
            } onCancel: {
                sleeper.cancel()
            }
        }
        state.withLock { $0 = State() }
        try Task.checkCancellation()
    }
}
