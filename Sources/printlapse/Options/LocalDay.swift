import ArgumentParser
import FoundationEssentials
import Vocabulary

/// A day of the calendar on this machine, from midnight to midnight.
struct LocalDay: Hashable {
    /// At midnight, as clocks show it.
    let date: CivilTime
    let since: Timestamp
    let until: Timestamp

    /// Reads `2026-11-23`, `today` or `yesterday`. A day on which clocks change has 23 or 25 hours.
    init(parsing text: String, now: Timestamp, timeZone: TimeZone = .current) throws {
        func date(_ civil: CivilTime) -> String {
            "\(civil.year.padded(4))-\(civil.month.padded(2))-\(civil.day.padded(2))"
        }
        func shifted(_ civil: CivilTime, by days: Int) -> CivilTime {
            CivilTime(
                CivilTime(year: civil.year, month: civil.month, day: civil.day).timestamp + .seconds(86_400 * days))
        }
        let today = CivilTime(now, in: timeZone)
        let named = ["today": today, "yesterday": shifted(today, by: -1)][text.lowercased()].map(date) ?? text
        guard named.count == 10, let since = try? Timestamp(parsing: named, now: now, timeZone: timeZone) else {
            throw ValidationError("a day reads 2026-11-23, today or yesterday.")
        }
        self.date = CivilTime(since, in: timeZone)
        let next = date(shifted(self.date, by: 1))
        (self.since, until) = (since, try Timestamp(parsing: next, now: now, timeZone: timeZone))
    }
}
