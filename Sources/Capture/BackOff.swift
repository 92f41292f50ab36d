import Vocabulary

/// How long a camera that fails is left alone.
///
/// The wait doubles with each failure in a row and is capped, with jitter, so that a farm's cameras do not return all at
/// once; a server's own Retry-After is honoured within bounds. Refusals that only the owner can mend are believed by and by: a
/// single one may be a server's that restarts, and only a repeated one is a reason to ask seldom.
struct BackOff: Sendable {
    /// Failures in a row.
    private(set) var failures = 0
    /// The camera is left alone until then.
    private(set) var resumesAt: Timestamp?
    /// Since when it is.
    private var since: Timestamp?
    /// Failures without a success in between that only the owner can mend.
    private var refusals = 0
    /// Whether the server asked for the wait.
    private var isAskedFor = false

    static let first = Duration.seconds(2)
    static let longest = Duration.seconds(120)
    /// Where only the owner can mend it, after the first refusals.
    static let refused: [Duration] = [.seconds(10), .seconds(40), .seconds(160), .seconds(640)]
    /// After any further one.
    static let seldom = Duration.seconds(900)
    /// No server keeps us away longer than this.
    static let longestHonoured = Duration.seconds(3600)

    mutating func succeeded() { self = BackOff() }

    mutating func failed(
        _ disposition: Disposition, at now: Timestamp, using generator: inout some RandomNumberGenerator
    ) {
        failures += 1
        (since, isAskedFor) = (now, false)
        switch disposition {
        case .skipSlot, .stop:
            resumesAt = nil
        case .askUser:
            refusals += 1
            let wait = refusals <= Self.refused.count ? Self.refused[refusals - 1] : Self.seldom
            resumesAt = now + jittered(wait, using: &generator)
        case .wait(let atLeast):
            let doubled = Self.first * (1 << min(failures - 1, 10))
            let own = jittered(min(doubled, Self.longest), using: &generator)
            resumesAt = now + max(own, min(atLeast ?? .zero, Self.longestHonoured))
            isAskedFor = atLeast != nil
        }
    }

    /// Takes a good answer from where the failure came, to whatever question: the wait is over, unless the server asked for it.
    mutating func heardWell() {
        if !isAskedFor { resumesAt = nil }
    }

    /// A clock that was set back to before the failure is no reason to wait for years.
    func isWaiting(at now: Timestamp) -> Bool {
        guard let resumesAt, let since else { return false }
        return now >= since && now < resumesAt
    }

    /// Plus or minus a fifth.
    private func jittered(_ duration: Duration, using generator: inout some RandomNumberGenerator) -> Duration {
        duration * Double.random(in: 0.8...1.2, using: &generator)
    }
}
