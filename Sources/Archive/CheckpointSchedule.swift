/// Decides when the write-ahead log is copied into the database, and by whom.
///
/// SQLite starts the log anew only where a checkpoint has caught up with it and no reader still needs it. A second connection
/// does the copying off the capture's path. Under a load that never pauses it cannot catch up, so at twice the limit
/// the writer itself copies the small rest between two commits. A reader that holds a snapshot keeps the log
/// growing, whatever a writer does; then there is one attempt per limit's worth of growth and no waiting.
struct CheckpointSchedule {
    /// The log's length from which it is worth copying, in pages; 4096 pages of 16 KiB are 64 MiB.
    let limit: Int

    enum Step: Equatable {
        case none
        /// On the second connection, while the writer goes on.
        case besideTheWriter
        /// On the writer's connection, before its next commit.
        case betweenCommits
    }

    private var attemptedAt = 0

    init(limit: Int = 4096) {
        self.limit = limit
    }

    /// - Parameter pages: the log's length after a commit.
    mutating func step(pages: Int) -> Step {
        if pages < attemptedAt { attemptedAt = 0 }  // the log began anew
        guard pages - attemptedAt >= limit else { return .none }
        attemptedAt = pages
        return pages < 2 * limit ? .besideTheWriter : .betweenCommits
    }
}
