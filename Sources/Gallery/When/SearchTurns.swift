internal import Synchronization

/// How many searches may be at work at once.
final class SearchTurns: Sendable {
    private let free: Mutex<Int>

    init(most: Int) { free = Mutex(most) }

    /// - Returns: `nil` where as many as may be are at work.
    func turn() -> SearchTurn? {
        let isFree = free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
        return isFree ? SearchTurn(self) : nil
    }

    fileprivate func give() { free.withLock { $0 += 1 } }
}

/// Leave to search, until nobody holds it any more.
final class SearchTurn: Sendable {
    private let turns: SearchTurns

    fileprivate init(_ turns: SearchTurns) { self.turns = turns }

    deinit { turns.give() }
}
