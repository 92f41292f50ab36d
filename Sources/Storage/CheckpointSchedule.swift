internal import Vocabulary

/// Decides when the write-ahead log is copied into the database, and by whom.
///
/// SQLite starts the log anew only where a checkpoint has caught up with it and no reader still needs it. At half the
/// limit a second connection does the copying off the capture's path. Under a load that never pauses it cannot catch
/// up, so at the limit the writer itself copies the rest between two commits. From then on the log's file is written
/// over and grows no more, which also makes syncing it cheaper. A reader that holds a snapshot keeps the log growing,
/// whatever a writer does; then there is one attempt for each half of the limit, and no waiting.
struct CheckpointSchedule {
    /// The length at which the log should begin anew.
    let limit: ByteCount

    enum Step: Equatable {
        case none
        /// On the second connection, while the writer goes on.
        case besideTheWriter
        /// On the writer's connection, before its next commit.
        case betweenCommits
    }

    private var attemptedAt = ByteCount.zero
    private var caughtUpAt = ByteCount.zero

    init(limit: ByteCount = ByteCount(64 << 20)) {
        self.limit = limit
    }

    /// - Parameter length: the log's length after a commit.
    mutating func step(length: ByteCount) -> Step {
        if length < attemptedAt { attemptedAt = .zero }  // the log began anew
        guard length.bytes - attemptedAt.bytes >= limit.bytes / 2 else { return .none }
        attemptedAt = length
        return length < limit ? .besideTheWriter : .betweenCommits
    }

    /// Whether long work beside a capture, or with little room, has to have the log copied before it adds to it, beside the writer:
    /// it fills the log faster than a capture, whose commits shall not meet much that is left to be copied.
    ///
    /// - Parameter length: the log's length after a step.
    mutating func isDueAfterStep(length: ByteCount) -> Bool {
        if length < caughtUpAt { caughtUpAt = .zero }
        guard length.bytes - caughtUpAt.bytes >= limit.bytes / 16 else { return false }
        caughtUpAt = length
        return true
    }
}
