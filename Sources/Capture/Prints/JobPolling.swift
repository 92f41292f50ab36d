import Vocabulary

/// When OctoPrint is asked about its job: seldom, because each answer counts against the allowance.
///
/// Where the announced pictures tell when a print begins and ends, OctoPrint is asked right then, and now and then for the
/// progress. Where nothing else tells, it is asked more often. About 800 bytes an answer make at most 7 MB a month.
struct JobPolling: Hashable, Sendable {
    /// Whether the announced pictures tell of prints as well.
    let hasOtherWitness: Bool
    private var last: Timestamp?
    private var isWanted = true

    /// While a print runs.
    static let whilePrinting = Duration.seconds(300)
    /// While none does, and the announced pictures would tell of one.
    static let whileWatched = Duration.seconds(3600)
    /// While none does, and nothing else would tell.
    static let whileBlind = Duration.seconds(300)
    /// Between two polls at the least, whatever changes.
    static let least = Duration.seconds(30)

    init(hasOtherWitness: Bool) {
        self.hasOtherWitness = hasOtherWitness
    }

    /// Something changed that OctoPrint knows more about: a print that began or went out of sight.
    mutating func want() {
        isWanted = true
    }

    func isDue(at now: Timestamp, isPrinting: Bool) -> Bool {
        guard let last else { return true }
        if isWanted { return now - last >= Self.least }
        let interval = isPrinting ? Self.whilePrinting : hasOtherWitness ? Self.whileWatched : Self.whileBlind
        return now - last >= interval
    }

    mutating func asked(at now: Timestamp) {
        last = now
        isWanted = false
    }
}
