/// How much a caretaker does in one transaction, so that none keeps a capture waiting for long.
///
/// What was done in how much time tells how much the next one may do. A pure value.
struct CareStep: Hashable, Sendable {
    /// How many frames, or pages, the next transaction takes.
    private(set) var size: Int
    private let limit: Int

    /// What a transaction with its sync is to take. A capture's commit may have to wait for it once.
    static let target = Duration.milliseconds(6)
    /// The least time that others have between two transactions: they look each millisecond whether it is their turn.
    static let shortestPause = Duration.milliseconds(3)

    init(size: Int = 4, limit: Int) {
        (self.size, self.limit) = (size, limit)
    }

    /// Takes the time that a transaction took which did as much as it was to.
    ///
    /// - Returns: how long to leave the archive to others: as long again.
    mutating func took(_ time: Duration) -> Duration {
        let fitting = Double(size) * (Self.target / max(time, .microseconds(100)))
        // One slow sync is no reason to do next to nothing, and one quick step none to do very much.
        size = min(limit, max(1, size / 2, min(Int(fitting), size * 2)))
        return max(time, Self.shortestPause)
    }
}
