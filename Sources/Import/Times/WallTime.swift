internal import FoundationEssentials
internal import Vocabulary

/// Which instants a time on the wall can mean in a time zone.
///
/// Usually one. In the hour that a change of clocks repeats there are two, in the one that it skips none: clocks there
/// never showed that time, and whoever wrote it went on by the offset before the change.
struct WallTime: Hashable {
    /// The one instant, or the first of two.
    let first: Timestamp
    /// Where the clock showed this time twice.
    let second: Timestamp?

    init(_ civil: CivilTime, in zone: TimeZone) {
        // As if the zone were UTC; no offset is larger than 14 hours, and no two changes lie within two days.
        let shown = civil.timestamp
        let before = Duration.seconds(zone.offset(at: shown - .seconds(86_400)))
        let after = Duration.seconds(zone.offset(at: shown + .seconds(86_400)))
        let meant = Set([before, after])
            .filter { .seconds(zone.offset(at: shown - $0)) == $0 }
            .map { shown - $0 }.sorted()
        first = meant.first ?? shown - before
        second = meant.count > 1 ? meant[1] : nil
    }

    /// The instant that another account of the same time bears out: the one of two that lies nearer to it. Without one, or one
    /// that is more than an hour from both, it is the first, unless that lies before the picture before it.
    ///
    /// - Parameter previous: when the picture before it was taken, where their order is known.
    func instant(near other: Timestamp?, after previous: Timestamp? = nil) -> Timestamp {
        guard let second else { return first }
        if let other {
            let (fromFirst, fromSecond) = (abs((other - first).milliseconds), abs((other - second).milliseconds))
            if fromSecond < fromFirst, fromSecond < 3_600_000 { return second }
            if fromFirst < 3_600_000 { return first }
        }
        // The hour was repeated between the two, and not a day before.
        guard let previous, previous > first, previous - first <= .seconds(3600) else { return first }
        return second
    }
}
