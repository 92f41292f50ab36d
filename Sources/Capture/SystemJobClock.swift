import FoundationEssentials
import Synchronization
package import Vocabulary

/// The machine's time, told by its monotonic clock, which goes on during a suspend.
package final class SystemJobClock: JobClock {
    private let origin = ContinuousClock.now
    /// The job's time at `origin`.
    private let start: Mutex<Timestamp>
    private let wall: @Sendable () -> Timestamp
    private let pause: Duration
    private let asksSystem: Bool

    /// A difference from the wall clock up to this is drift, or a leap second.
    static let tolerance = Duration.seconds(2)

    /// Begins with the system's time.
    package convenience init() {
        self.init(pause: .seconds(1), asksSystem: true) {
            Timestamp.wallClock
        }
    }

    /// - Parameter pause: between two looks at the wall clock.
    init(pause: Duration, asksSystem: Bool = false, wall: @escaping @Sendable () -> Timestamp) {
        (self.pause, self.asksSystem, self.wall) = (pause, asksSystem, wall)
        start = Mutex(wall())
    }

    package func now() -> Timestamp {
        let elapsed = ContinuousClock.now - origin
        return start.withLock { $0 + elapsed }
    }

    package func sleep(until instant: Timestamp) async throws {
        try await Task.sleep(for: instant - now(), tolerance: .zero, clock: .continuous)
    }

    package func leap() async throws -> ClockLeap {
        while true {
            let (expected, told) = (now(), wall())
            let leap = ClockLeap(before: expected, after: told)
            if leap.shift > Self.tolerance || leap.shift < .zero - Self.tolerance { return leap }
            try await Task.sleep(for: pause, tolerance: pause / 2, clock: .continuous)
        }
    }

    package var doubt: SystemClock.Doubt? { asksSystem ? SystemClock.doubt(at: wall()) : nil }

    package func follow(_ leap: ClockLeap) {
        start.withLock { $0 = $0 + leap.shift }
    }
}
