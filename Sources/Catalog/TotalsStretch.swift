internal import Vocabulary

/// How a stretch of time is counted: by the totals of whole hours, and frame by frame where these do not tell.
///
/// The totals have the frames captured before an instant. So hours that the stretch cuts at its ends are counted by their frames,
/// and so is what was captured since that instant.
struct TotalsStretch: Hashable, Sendable {
    /// Of the hours that begin in here, the totals count.
    let hours: Range<Int64>
    /// Frames captured in these ranges count one by one. They overlap neither each other nor what the totals have of `hours`.
    let edges: [Range<Int64>]

    /// An hour in milliseconds.
    static let hour: Int64 = 3_600_000

    init(since: Timestamp?, until: Timestamp?, totalsUntil: Timestamp) {
        let (from, end) = (since?.milliseconds ?? .min, until?.milliseconds ?? .max)
        let first = since == nil ? .min : Self.beginning(atOrAfter: from)
        let last = until == nil ? .max : Self.beginning(atOrBefore: end)
        guard first < last else {
            hours = 0..<0
            edges = from < end ? [from..<end] : []
            return
        }
        hours = first..<last
        let fresh = max(first, totalsUntil.milliseconds)
        edges = [(from, first), (fresh, last), (last, end)].filter { $0 < $1 }.map { $0..<$1 }
    }

    private static func beginning(atOrBefore instant: Int64) -> Int64 {
        let inside = (instant % hour + hour) % hour
        return instant - inside
    }

    private static func beginning(atOrAfter instant: Int64) -> Int64 {
        let before = beginning(atOrBefore: instant)
        return before == instant ? before : before + hour
    }
}
