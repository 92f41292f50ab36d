import Foundation

/// Runs work that signals cancel, and, where it is tied to whoever started it, their end: standard input ends then.
func interruptible(tied: Bool, _ work: @Sendable @escaping () async throws -> Void) async throws {
    guard tied else { return try await interruptible(work) }
    let task = Task { try await work() }
    let watch = Thread {
        // Nothing is ever said there: it ends.
        while FileHandle.standardInput.availableData.count > 0 {}
        task.cancel()
    }
    watch.start()
    try await interruptible {
        try await withTaskCancellationHandler {
            do { try await task.value } catch is CancellationError {}
        } onCancel: {
            task.cancel()
        }
    }
}
