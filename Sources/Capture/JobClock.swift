import FoundationEssentials
import Synchronization
public import Vocabulary

/// The time that a job lives by: milliseconds since 1970 that never go back.
public protocol JobClock: Sendable {
    func now() -> Timestamp
    /// - Throws: `CancellationError` where the task is cancelled before `instant`.
    func sleep(until instant: Timestamp) async throws
}

/// The machine's time, told by its monotonic clock.
///
/// The wall clock is read once, and from then on the monotonic clock (which goes on during a suspend) is added, so a wall
/// clock that is set back never puts a later frame before an earlier one. A wall clock that is set *forward*, as on a
/// machine that learns the time only after it has started, is followed at once.
public final class SystemJobClock: JobClock {
    private let origin = ContinuousClock.now
    /// Wall time at `origin`, moved forward when the wall clock jumps.
    private let start: Mutex<Timestamp>
    private let wall: @Sendable () -> Timestamp

    /// A forward jump of the wall clock up to this is drift, and not followed.
    static let tolerance = Duration.seconds(2)

    /// - Parameter earliest: times begin no earlier than this, even if the wall clock says so.
    public convenience init(notBefore earliest: Timestamp? = nil) {
        self.init(notBefore: earliest) {
            Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
        }
    }

    init(notBefore earliest: Timestamp?, wall: @escaping @Sendable () -> Timestamp) {
        self.wall = wall
        start = Mutex(max(wall(), earliest ?? wall()))
    }

    public func now() -> Timestamp {
        let elapsed = ContinuousClock.now - origin
        let wall = wall()
        return start.withLock { start in
            let jump = wall - (start + elapsed)
            if jump > Self.tolerance { start = start + jump }
            return start + elapsed
        }
    }

    public func sleep(until instant: Timestamp) async throws {
        try await Task.sleep(for: instant - now(), tolerance: .zero, clock: .continuous)
    }
}
