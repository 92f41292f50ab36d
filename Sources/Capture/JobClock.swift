import FoundationEssentials
import Synchronization
package import Vocabulary

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
package protocol JobClock: Sendable {
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
    package func leap() async throws -> ClockLeap {
        while true { try await Task.sleep(for: .seconds(86_400)) }
    }

    package func follow(_ leap: ClockLeap) {}

    package var doubt: SystemClock.Doubt? { nil }
}
