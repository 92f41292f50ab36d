import Vocabulary

/// When a capture does what it has a store for: as often as it is to, sooner where that is urgent, and with growing pauses while it
/// fails.
struct StoreSchedule: Sendable {
    private(set) var due: Timestamp
    private let interval: Duration
    private var failures = 0

    init(every interval: Duration, start: Timestamp) {
        self.interval = interval
        // A job's start is busy enough.
        due = start + min(interval, .seconds(120))
    }

    /// However urgent it is, and after the first failure.
    private var shortest: Duration { min(interval, .seconds(60)) }
    private var longest: Duration { max(interval, .seconds(600)) }

    mutating func worked(at now: Timestamp) { (due, failures) = (now + interval, 0) }

    mutating func failed(at now: Timestamp) {
        // 1, 2, 4 … minutes, or seconds where it is done each second.
        due = now + min(longest, shortest * (1 << min(failures, 12)))
        failures += 1
    }

    /// Others do the same with the archive right now.
    mutating func wasKeptOut(at now: Timestamp) { due = now + min(interval, .seconds(300)) }

    /// A store that fails is left alone for as long as it was to be.
    mutating func isUrgent(at now: Timestamp) {
        guard failures == 0 else { return }
        due = min(due, now + shortest)
    }

    /// What is due may lie far ahead where the clock was set back.
    func rest(at now: Timestamp) -> Duration { max(.zero, min(longest, due - now)) }
}
