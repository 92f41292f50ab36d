package import Archive
package import Vocabulary

/// Those that wait, in the order in which they are made: one after another, by nobody else meanwhile.
package struct TimelapseQueue: Sendable {
    package private(set) var waiting: [ArchivedTimelapse]

    /// - Parameter unfinished: as the archive has them. What is being made there was begun by a program that has ended since.
    package init(_ unfinished: [ArchivedTimelapse], at now: Timestamp) {
        waiting = unfinished.map { timelapse in
            var timelapse = timelapse
            if timelapse.state == .making { timelapse.resume(at: now) }
            return timelapse
        }
    }

    /// The next to be made: those first that were not tried yet, and of them the one that has waited longest.
    ///
    /// - Parameter rules: those there are; what a rule wanted that is gone waits for it to come back.
    package func next(at now: Timestamp, of rules: Set<String>) -> ArchivedTimelapse? {
        waiting.filter { rules.contains($0.rule) && $0.isReady(at: now) }
            .min { ($0.attempts > 0 ? 1 : 0, $0.dueAt, $0.id) < ($1.attempts > 0 ? 1 : 0, $1.dueAt, $1.id) }
    }

    /// When the next one can be tried, where none can be now.
    package func nextInstant(after now: Timestamp, of rules: Set<String>) -> Timestamp? {
        let waiting = waiting.filter { rules.contains($0.rule) }
        if waiting.contains(where: { $0.isReady(at: now) }) { return now }
        return waiting.map(\.nextTryAt).min()
    }
}
