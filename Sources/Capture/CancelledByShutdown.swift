import ServiceLifecycle

/// Makes a request that a graceful shutdown cancels at once, so that no server delays the job's end.
///
/// Only the request is cancelled: what follows it, such as recording the slot's outcome, still runs in full.
func cancelledByShutdown<Answer: Sendable, Failure: Error>(
    _ request: @escaping @Sendable () async throws(Failure) -> Answer
) async throws(Failure) -> Answer {
    let result = await cancelWhenGracefulShutdown { () async -> Result<Answer, Failure> in
        do throws(Failure) {
            return .success(try await request())
        } catch {
            return .failure(error)
        }
    }
    return try result.get()
}
