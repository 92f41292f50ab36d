package import Vocabulary

/// How long a camera that fails is left alone.
///
/// Each wait is a sixth of the time for which it has failed by then, within bounds: what works again is noticed after no more than
/// a sixth of the time that it did not, and what has failed for long is asked seldom. A little jitter keeps a farm's cameras from
/// returning all at once; a server's own Retry-After is honoured within bounds. Refusals that only the owner can mend are believed
/// by and by: a single one may be a server's that restarts, and only a lasting one is a reason to ask seldom.
package struct BackOff: Sendable {
    /// When the first of the failures in a row was.
    private var firstFailure: Timestamp?
    /// The camera is left alone until then.
    package private(set) var resumesAt: Timestamp?
    /// Since when it is.
    private var since: Timestamp?
    /// Whether the server asked for the wait.
    private var isAskedFor = false

    /// Of the time that it has failed.
    package static let part = 6
    package static let waits = Duration.seconds(2) ... .seconds(120)
    /// Where only the owner can mend it.
    package static let waitsOfRefused = Duration.seconds(5) ... .seconds(900)
    /// No server keeps us away longer than this.
    package static let longestHonoured = Duration.seconds(3600)

    package init() {}

    package mutating func succeeded() { self = BackOff() }

    package mutating func failed(
        _ disposition: Disposition, at now: Timestamp, using generator: inout some RandomNumberGenerator
    ) {
        // A clock that was set back has failed for no time.
        let lasted = max(.zero, now - (firstFailure ?? now))
        firstFailure = min(firstFailure ?? now, now)
        (since, isAskedFor) = (now, false)
        switch disposition {
        case .skipSlot, .stop:
            resumesAt = nil
        case .askUser:
            resumesAt = now + wait(after: lasted, within: Self.waitsOfRefused, using: &generator)
        case .wait(let atLeast):
            let own = wait(after: lasted, within: Self.waits, using: &generator)
            resumesAt = now + max(own, min(atLeast ?? .zero, Self.longestHonoured))
            isAskedFor = atLeast != nil
        }
    }

    /// Takes a good answer from where the failure came, to whatever question: the wait is over, unless the server asked for it.
    package mutating func heardWell() {
        if !isAskedFor { resumesAt = nil }
    }

    /// A clock that was set back to before the failure is no reason to wait for years.
    package func isWaiting(at now: Timestamp) -> Bool {
        guard let resumesAt, let since else { return false }
        return now >= since && now < resumesAt
    }

    /// Plus or minus a fifth.
    private func wait(
        after lasted: Duration, within bounds: ClosedRange<Duration>, using generator: inout some RandomNumberGenerator
    ) -> Duration {
        min(max(lasted / Self.part, bounds.lowerBound), bounds.upperBound)
            * Double.random(in: 0.8...1.2, using: &generator)
    }
}
