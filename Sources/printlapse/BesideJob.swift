/// Works until a job has ended; what is on its way then is left off.
///
/// - Parameters:
///   - priority: the work's; as the caller's where `nil`.
///   - work: ends when it is cancelled.
func beside<Value: Sendable>(
    _ job: @Sendable () async throws -> Value, at priority: TaskPriority? = nil,
    work: @escaping @Sendable () async -> Void
) async throws -> Value {
    let working = Task(priority: priority) { await work() }
    let result: Result<Value, any Error>
    do { result = .success(try await job()) } catch { result = .failure(error) }
    working.cancel()
    await working.value
    return try result.get()
}
