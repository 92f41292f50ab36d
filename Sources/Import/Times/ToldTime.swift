internal import Vocabulary

/// A time as a name, a picture or a file tells it.
///
/// It is one of two, in nine bytes: an instant, or a time as a clock on a wall shows it, in a time zone that is not told.
struct ToldTime: Hashable, Sendable {
    /// The instant; of a time on the wall, that of the same time in UTC.
    let shown: Timestamp
    /// Whether it is a time on the wall.
    let isLocal: Bool

    /// - Parameter shown: of a time on the wall, the instant of the same time in UTC.
    init(shown: Timestamp, isLocal: Bool) { (self.shown, self.isLocal) = (shown, isLocal) }

    /// With its offset from UTC: one instant.
    static func instant(_ instant: Timestamp) -> ToldTime { ToldTime(shown: instant, isLocal: false) }

    /// As a clock on a wall shows it.
    static func wall(_ civil: CivilTime) -> ToldTime { ToldTime(shown: civil.timestamp, isLocal: true) }

    var exact: Timestamp? { isLocal ? nil : shown }

    var wallTime: CivilTime? { isLocal ? CivilTime(shown) : nil }

    /// Whether another account tells the same time, as well as can be known without the time zone: no offset is larger than
    /// 14 hours, and what tells it may be a few hours late.
    func isBorneOut(by other: ToldTime) -> Bool {
        abs((shown - other.shown).milliseconds) <= 25 * 3_600_000
    }

    /// From this to another, as shown.
    func distance(to other: ToldTime) -> Duration { other.shown - shown }

    /// The year that is shown.
    var year: Int { CivilTime(shown).year }
}

extension CivilTime {
    /// Whether there is such a date and time of day, in the years that a camera can have seen.
    var isPlausible: Bool {
        (1990..<2100).contains(year) && (1...12).contains(month) && (1...31).contains(day) && (0..<24).contains(hour)
            && (0..<60).contains(minute) && (0..<60).contains(second) && CivilTime(timestamp) == self
    }
}
