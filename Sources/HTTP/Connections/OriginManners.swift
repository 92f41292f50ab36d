/// How a server usually answers, so that its silence can be told from the end of an answer.
///
/// The tunnel's picture server was seen to send less than it had promised and to keep the connection open, in 15 of 141 fetches
/// under two uploaders: a silence of a second or two after the head means that no more comes. But there are cameras that
/// send the head at once and then take their time. Whoever was seen to pause that long within a good answer is waited for
/// longer, and whoever stays silent time after time is given the chance to show it.
struct OriginManners: Hashable {
    /// A silence longer than this ends an answer, unless there is reason to wait longer.
    static let patience = Duration.seconds(1.5)
    /// So short a silence is none.
    static let shortest = Duration.milliseconds(250)
    /// After so many silences in a row, and again after as many, twice the time is allowed.
    static let silencesBeforeDoubt = 3

    /// Whoever gave so many whole answers is known to be quick or slow.
    static let answersToKnow = 4
    /// A silence that is worth ending at once, where the time is short and the server is known never to pause.
    static let quickest = Duration.milliseconds(60)

    private var longestPause = Duration.zero
    private var longestWait = Duration.zero
    private var silences = 0
    private var answers = 0
    private var forgotten = 0

    /// Whether connections are of use more than once. Some servers leave them open and never look at them again.
    var keepsConnections: Bool { forgotten < 2 }

    /// How long nothing may come after the head.
    ///
    /// - Parameter left: the time in which the answer is of use. Half of it is kept for asking again, and more where the time is
    ///   short and a server that never pauses does: the picture that is asked for again is then still the one of this slot,
    ///   and the next slot's is another.
    func silenceAllowed(within left: Duration) -> Duration {
        let doubled = min(silences / Self.silencesBeforeDoubt, 4)
        let allowed = max(Self.patience, longestPause * 2) * (1 << doubled)
        if left / 2 < allowed, silences == 0, answers >= Self.answersToKnow {
            return min(max(Self.quickest, left / 8, longestPause * 4), max(Self.shortest, left / 2))
        }
        return max(Self.shortest, min(allowed, left / 2))
    }

    /// How long nothing may come on a connection that was used before: the other side may have forgotten it.
    func waitAllowed(within left: Duration) -> Duration {
        max(Self.shortest, min(max(Self.patience, longestWait * 2), left / 2))
    }

    /// A whole answer came.
    ///
    /// - Parameters:
    ///   - wait: until the head was there.
    ///   - pause: the longest silence after that.
    ///   - isReused: whether the connection was used before.
    mutating func answered(after wait: Duration, longestPause pause: Duration, isReused: Bool = false) {
        if isReused { forgotten = 0 }
        // What was long once may be over: a camera that was restarted, a network that was mended.
        longestWait = max(wait, longestWait / 2)
        longestPause = max(pause, longestPause / 2)
        answers = min(answers + 1, Self.answersToKnow)
        silences = 0
    }

    /// Nothing came after the head for as long as was allowed.
    mutating func fellSilent() {
        silences += 1
    }

    /// Nothing came at all over a connection that was used before.
    mutating func forgotConnection() {
        forgotten += 1
    }
}
