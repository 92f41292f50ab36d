internal import Synchronization

/// What takes a while to reckon, kept for a moment, for whoever asks.
package final class Kept<Value: Sendable>: Sendable {
    private let lifetime: Duration
    private let kept = Mutex<(value: Value, until: ContinuousClock.Instant)?>(nil)

    package init(for lifetime: Duration) { self.lifetime = lifetime }

    /// What was reckoned last, however old it is; `nil` before anything was.
    package var last: Value? { kept.withLock { $0?.value } }

    /// - Parameter isFresh: whether only what is reckoned now will do; it is kept all the same.
    package func value(isFresh: Bool = false, _ make: () async throws -> Value) async throws -> Value {
        let now = ContinuousClock.now
        if !isFresh, let kept = kept.withLock(\.self), kept.until > now { return kept.value }
        let value = try await make()
        kept.withLock { $0 = (value, now + lifetime) }
        return value
    }
}
