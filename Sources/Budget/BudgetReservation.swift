internal import Synchronization
package import Vocabulary

/// Bytes that were set aside for one request and are counted as used until it is settled.
package struct BudgetReservation: Hashable, Sendable {
    /// Rises from one reservation to the next, whichever budget made them: a reservation stays known when its budget is
    /// absorbed by another.
    let number: UInt64
    /// The most that the request may bring.
    package let amount: ByteCount
    package let route: FetchRoute
    package let purpose: FetchPurpose

    private static let numbers = Atomic<UInt64>(0)

    /// What the next reservation's number is at least.
    static var nextNumber: UInt64 { numbers.load(ordering: .relaxed) }

    init(_ amount: ByteCount, by route: FetchRoute, for purpose: FetchPurpose) {
        number = Self.numbers.wrappingAdd(1, ordering: .relaxed).oldValue
        (self.amount, self.route, self.purpose) = (amount, route, purpose)
    }
}
