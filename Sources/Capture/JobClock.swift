import FoundationEssentials
import Synchronization
public import Vocabulary

/// The time that a job lives by: milliseconds since 1970 that do not go back, but by a ``ClockLeap`` that is followed.
///
/// Slots, back-offs, patience and budgets go by one scale of time, told by the monotonic clock: there is no burst and no
/// stillstand when somebody sets the system's clock. But times that are kept for years must be right, and a scale that was
/// read off a wrong clock once stays wrong. So the system's clock is watched. Where it parts from the scale by more than drift,
/// the job comes to rest (each camera finishes the slot that it is in, by the old scale), the leap is entered into the archive,
/// and everything that holds instants begins anew by the new scale, each camera's grid with the step that it had. Thus
///
/// - the order of frames is the order of their numbers, whatever their times say;
/// - times follow the system's clock in both directions, as soon as it was set;
/// - the ledger tells of each instant once: what it says of an instant that comes a second time stands, and an instant that a leap
///   passed over is no missed slot.
public protocol JobClock: Sendable {
    func now() -> Timestamp
    /// - Throws: `CancellationError` where the task is cancelled before `instant`.
    func sleep(until instant: Timestamp) async throws
    /// Waits until the system's clock was set.
    ///
    /// - Throws: `CancellationError`.
    func leap() async throws -> ClockLeap
    /// Why the system's clock may be wrong, as the system itself says.
    var doubt: SystemClock.Doubt? { get }
    /// Goes by the new time from now on. Nobody may hold an instant of the old one.
    func follow(_ leap: ClockLeap)
}

extension JobClock {
    /// A clock that nobody sets.
    public func leap() async throws -> ClockLeap {
        while true { try await Task.sleep(for: .seconds(86_400)) }
    }

    public func follow(_ leap: ClockLeap) {}

    public var doubt: SystemClock.Doubt? { nil }
}

/// The machine's time, told by its monotonic clock, which goes on during a suspend.
public final class SystemJobClock: JobClock {
    private let origin = ContinuousClock.now
    /// The job's time at `origin`.
    private let start: Mutex<Timestamp>
    private let wall: @Sendable () -> Timestamp
    private let pause: Duration
    private let asksSystem: Bool

    /// A difference from the wall clock up to this is drift, or a leap second.
    static let tolerance = Duration.seconds(2)

    /// Begins with the system's time.
    public convenience init() {
        self.init(pause: .seconds(1), asksSystem: true) {
            Timestamp.wallClock
        }
    }

    /// - Parameter pause: between two looks at the wall clock.
    init(pause: Duration, asksSystem: Bool = false, wall: @escaping @Sendable () -> Timestamp) {
        (self.pause, self.asksSystem, self.wall) = (pause, asksSystem, wall)
        start = Mutex(wall())
    }

    public func now() -> Timestamp {
        let elapsed = ContinuousClock.now - origin
        return start.withLock { $0 + elapsed }
    }

    public func sleep(until instant: Timestamp) async throws {
        try await Task.sleep(for: instant - now(), tolerance: .zero, clock: .continuous)
    }

    public func leap() async throws -> ClockLeap {
        while true {
            let (expected, told) = (now(), wall())
            let leap = ClockLeap(before: expected, after: told)
            if leap.shift > Self.tolerance || leap.shift < .zero - Self.tolerance { return leap }
            try await Task.sleep(for: pause, tolerance: pause / 2, clock: .continuous)
        }
    }

    public var doubt: SystemClock.Doubt? { asksSystem ? SystemClock.doubt(at: wall()) : nil }

    public func follow(_ leap: ClockLeap) {
        start.withLock { $0 = $0 + leap.shift }
    }
}
