internal import Synchronization

/// Answers that are kept for a while, for all visitors: what is asked again meanwhile costs nothing, and what is asked at the same
/// time is reckoned once.
final class KeptAnswers<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        let value: Value
        let until: ContinuousClock.Instant
    }

    private let entries = Mutex<[Key: Entry]>([:])
    private let work = SharedWork<Key, Value>()
    private let lifetime: Duration
    private let most: Int
    private let now: @Sendable () -> ContinuousClock.Instant

    /// - Parameter most: how many are kept.
    init(
        for lifetime: Duration, most: Int, now: @Sendable @escaping () -> ContinuousClock.Instant = { .now }
    ) {
        (self.lifetime, self.most, self.now) = (lifetime, most, now)
    }

    /// - Parameter isLasting: whether the answer may be kept.
    func value(
        _ key: Key, isLasting: Bool = true, _ make: @Sendable @escaping () async throws -> Value
    ) async throws -> Value {
        let asked = now()
        if let entry = entries.withLock({ $0[key] }), entry.until > asked { return entry.value }
        return try await work.value(key) { [self] in
            let value = try await make()
            if isLasting { keep(value, for: key) }
            return value
        }
    }

    private func keep(_ value: Value, for key: Key) {
        let entry = Entry(value: value, until: now() + lifetime)
        entries.withLock { entries in
            if entries.count >= most {
                let now = now()
                entries = entries.filter { $0.value.until > now }
                // All are fresh: half of them go, so that not each new one looks through all.
                if entries.count >= most { for key in entries.keys.prefix(most / 2 + 1) { entries[key] = nil } }
            }
            entries[key] = entry
        }
    }
}
