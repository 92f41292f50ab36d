extension ThrowingTaskGroup where Failure == any Error {
    /// Adds work that goes on beside the group's own until it is called off. Its cancellation is nobody's failure: what it ran beside
    /// comes to its own end, and tells of it.
    ///
    /// - Parameter ending: the task's result then.
    mutating func addWorkBeside(
        _ ending: ChildTaskResult, priority: TaskPriority? = nil, _ work: @escaping @Sendable () async throws -> Void
    ) where ChildTaskResult: Sendable {
        addTask(priority: priority) {
            do { try await work() } catch is CancellationError {}
            return ending
        }
    }
}
