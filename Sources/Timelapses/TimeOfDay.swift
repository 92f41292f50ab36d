package import FoundationEssentials
package import Vocabulary

/// When in a day, by the clocks of a time zone.
package struct TimeOfDay: Hashable, Sendable, CustomStringConvertible {
    package let hour: Int
    package let minute: Int

    package static let midnight = TimeOfDay(hour: 0, minute: 0)

    private init(hour: Int, minute: Int) { (self.hour, self.minute) = (hour, minute) }

    /// Reads `06:00` or `6:00`.
    package init(parsing text: String) throws(TimelapseRuleError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        else { throw .timeOfDay(text) }
        self.init(hour: hour, minute: minute)
    }

    package var description: String { "\(hour.padded(2)):\(minute.padded(2))" }

    /// At this time of a date; where clocks skip it, as much later as they skip, and where they show it twice, the first time.
    package func instant(on date: CivilTime, in timeZone: TimeZone) -> Timestamp {
        var civil = CivilTime(year: date.year, month: date.month, day: date.day)
        (civil.hour, civil.minute) = (hour, minute)
        return civil.instant(in: timeZone)
    }
}
