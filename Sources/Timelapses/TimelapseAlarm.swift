package import Vocabulary

/// When a job is to look whether a timelapse is due: after a print, when a period has ended, when one that failed is to be tried again,
/// and now and then in any case.
package struct TimelapseAlarm: Hashable, Sendable {
    /// What else may have made one due is seen this late at most.
    package static let longestRest = Duration.seconds(3600)

    /// Whether there is something that no look has seen yet, whatever the clock says.
    private var isWanted = true
    private var lastLook: Timestamp?
    private var wakes: [Timestamp] = []

    package init() {}

    /// - Parameter patience: a print that goes on does so by then.
    package mutating func printEnded(at now: Timestamp, patience: Duration) {
        // A moment later, because the looker's clock may be a little behind.
        wakes.append(now + patience + .seconds(1))
    }

    /// Has it look at once: the rules are others.
    package mutating func rulesChanged() { isWanted = true }

    /// Looking begins, and may take as long as what is due: rules that change meanwhile want another look.
    package mutating func looks() { isWanted = false }

    /// - Parameter next: when something is due by the clock.
    package mutating func looked(at now: Timestamp, next: Timestamp?) {
        lastLook = now
        wakes = wakes.filter { $0 > now }
        if let next, next > now { wakes.append(next) }
    }

    package func isDue(at now: Timestamp) -> Bool { rest(at: now) == .zero }

    /// For how long there is nothing to look for.
    package func rest(at now: Timestamp) -> Duration {
        // Looked at in a time to come: the clock was set back, and what was to wake it is that much too late.
        guard !isWanted, let lastLook, lastLook <= now else { return .zero }
        let next = wakes.reduce(lastLook + Self.longestRest, min)
        return max(.zero, next - now)
    }
}
