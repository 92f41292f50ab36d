public import Vocabulary

/// What runs of the ledger come to.
public struct TimelineSummary: Hashable, Sendable {
    public private(set) var runs = 0
    /// All of them together, each camera's time counted by itself.
    public private(set) var duration = Duration.zero
    /// The one that takes longest.
    public private(set) var longest: LedgerRun?
    /// How long that is within the stretch.
    public private(set) var longestDuration = Duration.zero

    public init() {}

    /// Counts a run, cut to a stretch of time.
    public mutating func add(_ run: LedgerRun, since: Timestamp? = nil, until: Timestamp? = nil) {
        let length = min(run.until, until ?? run.until) - max(run.from, since ?? run.from)
        runs += 1
        duration += max(.zero, length)
        if longest == nil || length > longestDuration { (longest, longestDuration) = (run, length) }
    }
}
