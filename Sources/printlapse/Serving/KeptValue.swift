import Synchronization

/// What takes long to reckon and changes slowly, for a while.
final class KeptValue<Value: Sendable>: Sendable {
    private let lifetime: Duration
    private let kept = Mutex<(value: Value, until: ContinuousClock.Instant)?>(nil)

    init(for lifetime: Duration) { self.lifetime = lifetime }

    func value(_ make: @Sendable () async throws -> Value) async rethrows -> Value {
        let now = ContinuousClock.now
        if let kept = kept.withLock(\.self), kept.until > now { return kept.value }
        let value = try await make()
        kept.withLock { $0 = (value, now + lifetime) }
        return value
    }
}
