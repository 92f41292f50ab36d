import Vocabulary

/// How long a camera that fails is left alone.
///
/// The wait doubles with each failure in a row and is capped, with jitter, so that a farm's cameras do not return all at
/// once; a server's own Retry-After is honoured within bounds.
struct BackOff: Sendable {
    /// Failures in a row.
    private(set) var failures = 0
    /// The camera is left alone until then.
    private(set) var resumesAt: Timestamp?

    static let first = Duration.seconds(2)
    static let longest = Duration.seconds(120)
    /// Where only the owner can mend it.
    static let seldom = Duration.seconds(900)
    /// No server keeps us away longer than this.
    static let longestHonoured = Duration.seconds(3600)

    mutating func succeeded() {
        failures = 0
        resumesAt = nil
    }

    mutating func failed(
        _ disposition: Disposition, at now: Timestamp, using generator: inout some RandomNumberGenerator
    ) {
        failures += 1
        switch disposition {
        case .skipSlot, .stop:
            resumesAt = nil
        case .askUser:
            resumesAt = now + jittered(Self.seldom, using: &generator)
        case .wait(let atLeast):
            let doubled = Self.first * (1 << min(failures - 1, 10))
            let own = jittered(min(doubled, Self.longest), using: &generator)
            resumesAt = now + max(own, min(atLeast ?? .zero, Self.longestHonoured))
        }
    }

    func isWaiting(at now: Timestamp) -> Bool {
        resumesAt.map { now < $0 } ?? false
    }

    /// Plus or minus a fifth.
    private func jittered(_ duration: Duration, using generator: inout some RandomNumberGenerator) -> Duration {
        duration * Double.random(in: 0.8...1.2, using: &generator)
    }
}
