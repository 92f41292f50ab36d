package import FoundationEssentials
package import Vocabulary

/// A stretch of the calendar after which there is a timelapse of it.
package enum CalendarPeriod: String, CaseIterable, Sendable {
    case day, week, month, year

    /// The periods that ended after one instant and by another, in order.
    ///
    /// A day goes from the time of day to the same on the next, so that “every day at 20:00” is the day until then and leaves out
    /// no night. Weeks begin on Mondays, months on their firsts and years on 1 January, at that time. A day on which clocks are set
    /// has 23 or 25 hours, and one that a time zone skips is none.
    package func periods(
        endingAfter start: Timestamp, by end: Timestamp, at time: TimeOfDay, in timeZone: TimeZone
    ) -> [Range<Timestamp>] {
        guard start < end else { return [] }
        var periods: [Range<Timestamp>] = []
        var date = firstDate(ofPeriodAt: start, time, timeZone)
        var begin = time.instant(on: date, in: timeZone)
        while true {
            date = dateAfter(date)
            let next = time.instant(on: date, in: timeZone)
            guard next <= end else { return periods }
            if begin < next, next > start { periods.append(begin..<next) }
            begin = next
        }
    }

    /// When the period that lies at an instant ends.
    package func end(after instant: Timestamp, at time: TimeOfDay, in timeZone: TimeZone) -> Timestamp {
        var date = firstDate(ofPeriodAt: instant, time, timeZone)
        var end: Timestamp
        repeat {
            date = dateAfter(date)
            end = time.instant(on: date, in: timeZone)
        } while end <= instant
        return end
    }

    /// The first date of the period in which an instant lies.
    private func firstDate(ofPeriodAt instant: Timestamp, _ time: TimeOfDay, _ timeZone: TimeZone) -> CivilTime {
        let civil = CivilTime(instant, in: timeZone)
        var date = CivilTime(year: civil.year, month: civil.month, day: civil.day)
        if time.instant(on: date, in: timeZone) > instant { date = date.adding(days: -1) }
        switch self {
        case .day: return date
        case .week: return date.adding(days: -date.daysSinceMonday)
        case .month: return CivilTime(year: date.year, month: date.month, day: 1)
        case .year: return CivilTime(year: date.year, month: 1, day: 1)
        }
    }

    private func dateAfter(_ date: CivilTime) -> CivilTime {
        switch self {
        case .day: date.adding(days: 1)
        case .week: date.adding(days: 7)
        case .month:
            date.month == 12
                ? CivilTime(year: date.year + 1, month: 1, day: 1)
                : CivilTime(year: date.year, month: date.month + 1, day: 1)
        case .year: CivilTime(year: date.year + 1, month: 1, day: 1)
        }
    }
}

extension CivilTime {
    fileprivate func adding(days: Int) -> CivilTime { CivilTime(timestamp + .seconds(86_400 * days)) }

    /// 1970-01-01 was a Thursday.
    fileprivate var daysSinceMonday: Int {
        let days = Int(timestamp.milliseconds / 86_400_000) - (timestamp.milliseconds % 86_400_000 < 0 ? 1 : 0)
        return ((days + 3) % 7 + 7) % 7
    }
}
