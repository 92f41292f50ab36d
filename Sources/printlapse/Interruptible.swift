/// Runs work that SIGINT and SIGTERM cancel, so that it tidies up behind itself within ``EndingSignals/limit``; a second signal
/// ends the program at once.
///
/// - Throws: `ExitCode` 130 where it was interrupted.
func interruptible<Value: Sendable>(_ work: @Sendable @escaping () async throws -> Value) async throws -> Value {
    let (signals, signal) = AsyncStream<Void>.makeStream()
    // Before there is anything to tidy up.
    let interruption = EndingSignals.workBegins {
        // What has to be tidied up may take a few seconds, in which silence would look like a program that hangs.
        StandardError.write("\nStopping; once more ends it at once.")
        signal.finish()
    }
    defer { withExtendedLifetime(interruption) {} }
    let task = Task { try await work() }
    let watch = Task {
        for await _ in signals {}
        if !Task.isCancelled { task.cancel() }
    }
    defer { watch.cancel() }
    do {
        return try await task.value
    } catch  where task.isCancelled {
        StandardError.write("Interrupted.")
        throw ExitStatus.interrupted.code
    }
}
