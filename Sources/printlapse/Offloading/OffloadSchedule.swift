import Vocabulary

/// When a capture has older pictures moved: every hour, sooner where room is short, and with growing pauses while it fails.
struct OffloadSchedule: Sendable {
    private(set) var due: Timestamp
    private var failures = 0

    /// After the job's start, which is busy enough.
    static let firstDelay = Duration.seconds(120)
    static let interval = Duration.seconds(3600)
    /// However short room is, and after the first failure.
    static let shortestInterval = Duration.seconds(60)

    init(start: Timestamp) { due = start + Self.firstDelay }

    mutating func worked(at now: Timestamp) { (due, failures) = (now + Self.interval, 0) }

    mutating func failed(at now: Timestamp) {
        // 1, 2, 4 … minutes, and an hour at most.
        due = now + min(Self.interval, Self.shortestInterval * (1 << min(failures, 6)))
        failures += 1
    }

    /// Others take care of the packs right now.
    mutating func wasKeptOut(at now: Timestamp) { due = now + Self.shortestInterval * 5 }

    /// Room is short. A store that fails is left alone for as long as it was to be.
    mutating func roomIsShort(at now: Timestamp) {
        guard failures == 0 else { return }
        due = min(due, now + Self.shortestInterval)
    }

    /// What is due may lie far ahead where the clock was set back.
    func rest(at now: Timestamp) -> Duration { max(.zero, min(Self.interval, due - now)) }
}
