internal import FoundationEssentials

extension Timestamp {
    /// What this machine's clock says, right or wrong: the one place that reads it.
    package static var wallClock: Timestamp {
        Timestamp(milliseconds: Int64((Date.now.timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
