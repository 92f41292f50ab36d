extension Visit {
    /// Does work that is given up when the visitor goes: pages ask for many pictures that they want no longer a moment later.
    func asLongAsWaitedFor<Value: Sendable>(
        _ work: @Sendable @escaping () async throws -> Value
    ) async throws -> Value {
        let isHere = isHere
        return try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while isHere() { try await Task.sleep(for: Self.look) }
                throw CancellationError()
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }

    /// How often it is looked whether the visitor is there.
    private static var look: Duration { .milliseconds(50) }
}
