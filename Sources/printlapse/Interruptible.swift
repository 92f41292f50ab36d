import UnixSignals

/// Runs work that SIGINT and SIGTERM cancel, so that it tidies up behind itself within ``EndingSignals/limit``; a second signal
/// ends the program at once.
///
/// - Throws: `ExitCode` 130 where it was interrupted.
func interruptible<Value: Sendable>(_ work: @Sendable @escaping () async throws -> Value) async throws -> Value {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)  // before there is anything to tidy up
    EndingSignals.workBegins()
    defer { EndingSignals.workEnds() }
    let task = Task { try await work() }
    let watch = Task { for await _ in signals { task.cancel() } }
    defer { watch.cancel() }
    do {
        return try await task.value
    } catch  where task.isCancelled {
        StandardError.write("\nInterrupted.")
        throw ExitStatus.interrupted.code
    }
}
