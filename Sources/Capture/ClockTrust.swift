import Vocabulary

/// Whether this machine's clock is right, as far as others tell: the kernel, and the server. A pure value.
///
/// Times that are captured by a clock in doubt are kept as they are, and marked until somebody knows better: the server, whose word
/// is better than the kernel's, which in many a container knows nothing of what keeps the clock right; or a leap, by which it
/// was set right.
struct ClockTrust: Hashable, Sendable {
    enum Word: Hashable, Sendable {
        case doubt(String)
        case trust(String)
    }

    private(set) var word: Word?
    private var serverAgrees = false

    /// Between the server's clock and a right one lies less: pictures may be some hours old.
    static let mostAhead = Duration.seconds(86_400)
    static let mostBehind = Duration.seconds(3600)
    /// A picture from the future may come of a simulated printer in quick motion, too.
    static let mostBehindPicture = Duration.seconds(30 * 86_400)

    /// Takes what the system says of its clock.
    ///
    /// - Returns: what is thought of it from now on, if that changes.
    mutating func hear(system doubt: SystemClock.Doubt?) -> Word? {
        if let doubt {
            return doubt.isSure || !serverAgrees ? change(to: .doubt(doubt.label)) : nil
        }
        guard let word, SystemClock.Doubt.allCases.contains(where: { word == .doubt($0.label) }) else { return nil }
        return change(to: .trust("synchronised"))
    }

    /// Takes when the server says that it is.
    mutating func hear(server instant: Timestamp, at now: Timestamp) -> Word? {
        hear(instant, at: now, atMostBehind: Self.mostBehind)
    }

    /// Takes when a new picture was taken, by the server's clock.
    mutating func hear(picture takenAt: Timestamp, at now: Timestamp) -> Word? {
        hear(takenAt, at: now, atMostBehind: Self.mostBehindPicture)
    }

    private mutating func hear(_ instant: Timestamp, at now: Timestamp, atMostBehind behind: Duration) -> Word? {
        let lead = now - instant
        serverAgrees = lead <= Self.mostAhead && lead >= .zero - behind
        guard serverAgrees else { return change(to: .doubt(lead > .zero ? "ahead_of_server" : "behind_server")) }
        guard case .doubt? = word else { return nil }
        return change(to: .trust("server"))
    }

    private mutating func change(to new: Word) -> Word? {
        guard new != word else { return nil }
        word = new
        return new
    }
}
