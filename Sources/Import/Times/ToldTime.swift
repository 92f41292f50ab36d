internal import Vocabulary

/// A time as a name, a picture or a file tells it.
enum ToldTime: Hashable, Sendable {
    /// With its offset from UTC: one instant.
    case instant(Timestamp)
    /// As a clock on a wall shows it, in a time zone that is not told.
    case wall(CivilTime)
}

extension CivilTime {
    /// Whether there is such a date and time of day, in the years that a camera can have seen.
    var isPlausible: Bool {
        (1990..<2100).contains(year) && (1...12).contains(month) && (1...31).contains(day) && (0..<24).contains(hour)
            && (0..<60).contains(minute) && (0..<60).contains(second) && CivilTime(timestamp) == self
    }
}
