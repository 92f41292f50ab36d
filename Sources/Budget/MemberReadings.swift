internal import Vocabulary

/// How the usage readings through one tunnel go.
struct MemberReadings {
    /// When its tunnel was asked last.
    var readAt: Timestamp?
    /// It is asked seldom while it fails.
    var backOff = BackOff()
    /// Where it refuses, how many good answers it had given by then: with the next one, to whatever question, it is asked again.
    var heardAtRefusal: Int?
    /// What was told of its failure.
    var told: String?
    /// The newest reading through it that the archive has.
    var kept: UsageReading?
    /// What was received before a reading that the archive had no room for: the next one that is kept accounts for it.
    var unkept = Receipts()

    /// Between two readings that are kept while nothing changes.
    static let quietInterval = Duration.seconds(3600)

    /// Whether a reading between which and the one before nothing was received is worth keeping: a month of quiet ones would
    /// be thousands.
    func isNews(_ reading: UsageReading) -> Bool {
        guard let kept else { return true }
        return kept.total != reading.total || kept.monthlyCap != reading.monthlyCap || kept.resetAt != reading.resetAt
            || reading.readAt - kept.readAt >= Self.quietInterval
    }

    /// - Parameter goodAnswers: how many its tunnel has given by now.
    func isLeftAlone(at now: Timestamp, goodAnswers: Int) -> Bool {
        backOff.isWaiting(at: now) && !isBack(goodAnswers)
    }

    /// Whether a tunnel that refused has given a good answer since.
    func isBack(_ goodAnswers: Int) -> Bool { heardAtRefusal.map { goodAnswers > $0 } ?? false }
}
