/// Decides when the write-ahead log is copied into the database, and by whom.
///
/// SQLite starts the log anew only where a checkpoint has caught up with it and no reader still needs it. At half the
/// limit a second connection does the copying off the capture's path. Under a load that never pauses it cannot catch
/// up, so at the limit the writer itself copies the rest between two commits. From then on the log's file is written
/// over and grows no more, which also makes syncing it cheaper. A reader that holds a snapshot keeps the log growing,
/// whatever a writer does; then there is one attempt for each half of the limit, and no waiting.
struct CheckpointSchedule {
    /// The length at which the log should begin anew, in pages; 4096 pages of 16 KiB are 64 MiB.
    let limit: Int

    enum Step: Equatable {
        case none
        /// On the second connection, while the writer goes on.
        case besideTheWriter
        /// On the writer's connection, before its next commit.
        case betweenCommits
    }

    private var attemptedAt = 0
    private var caughtUpAt = 0

    init(limit: Int = 4096) {
        self.limit = limit
    }

    /// - Parameter pages: the log's length after a commit.
    mutating func step(pages: Int) -> Step {
        if pages < attemptedAt { attemptedAt = 0 }  // the log began anew
        guard pages - attemptedAt >= limit / 2 else { return .none }
        attemptedAt = pages
        return pages < limit ? .besideTheWriter : .betweenCommits
    }

    /// Whether long work has to have the log copied before it adds to it, beside the writer: it fills the log faster than a
    /// capture, whose commits shall not meet much that is left to be copied.
    ///
    /// - Parameter pages: the log's length after a step.
    mutating func isDueAfterStep(pages: Int) -> Bool {
        if pages < caughtUpAt { caughtUpAt = 0 }
        guard pages - caughtUpAt >= limit / 16 else { return false }
        caughtUpAt = pages
        return true
    }
}
