import Validation
import Vocabulary

/// Pictures that wait for a print to begin: the newest ones, for as long as the owner wants to see of the time before.
///
/// Their slots have no outcome yet, so that whatever becomes of them is in the ledger once.
struct PreRoll: Sendable {
    struct Held: Sendable {
        let slot: Slot
        let frame: ValidFrame
        let received: ByteCount
        var attempts = 1
    }

    /// How long a picture waits; zero for no waiting at all.
    let length: Duration
    private var held: [Held] = []

    /// However long the wait, no more pictures are kept in memory.
    static let most = 120

    init(length: Duration) {
        self.length = length
    }

    /// Takes a picture in.
    ///
    /// - Returns: those that have waited too long now, the oldest first; with no length the new one itself.
    mutating func hold(_ picture: Held) -> [Held] {
        held.append(picture)
        let oldest = picture.slot.due - length
        let expired = held.prefix { $0.slot.due <= oldest }.count
        return take(max(expired, held.count - Self.most))
    }

    /// Gives all of them up, the oldest first.
    mutating func release() -> [Held] {
        take(held.count)
    }

    private mutating func take(_ count: Int) -> [Held] {
        defer { held.removeFirst(count) }
        return Array(held.prefix(count))
    }
}
