/// An instant as whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds: the time that the archive stores.
///
/// A damaged file may say any instant. No arithmetic on instants traps: a sum that is too large for 64 bits is the last
/// instant there is (or the first), and a difference is ``longestSpan`` at most, so that a few of them can be added up.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public init(seconds: some BinaryInteger) {
        self.init(milliseconds: Int64(clamping: seconds).multipliedSaturating(by: 1000))
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-23T14:05:00.250Z`.
    public var description: String {
        let civil = CivilTime(self)
        return
            "\(civil.year.padded(4))-\(civil.month.padded(2))-\(civil.day.padded(2))T"
            + "\(civil.hour.padded(2)):\(civil.minute.padded(2)):\(civil.second.padded(2)).\(civil.millisecond.padded(3))Z"
    }

    /// For a sentence: `2026-11-23 14:05 UTC`.
    public var minuteText: String {
        let text = description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5) + " UTC"
    }

    /// The basic form that is safe in file names: `20261123T140500.250Z`.
    public var fileNameText: String {
        description.filter { $0 != "-" && $0 != ":" }
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
    public static func + (left: Timestamp, right: Duration) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds.addingSaturating(right.milliseconds))
    }
    public static func - (left: Timestamp, right: Duration) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds.subtractingSaturating(right.milliseconds))
    }
    public static func - (left: Timestamp, right: Timestamp) -> Duration {
        let difference = left.milliseconds.subtractingSaturating(right.milliseconds)
        return .milliseconds(max(-longestSpan, min(longestSpan, difference)))
    }

    /// The longest time between two instants, in milliseconds: 36 million years.
    private static let longestSpan: Int64 = 1 << 60

    /// Whether a camera can have seen it: from 1970 to the end of 2099. Anything else in an archive is damage.
    public var isPlausible: Bool { Self.plausible.contains(self) }

    /// The instants that a camera can have seen.
    public static let plausible = Timestamp(milliseconds: 0)...Timestamp(milliseconds: 4_102_444_799_999)

    /// The next first of a month at 00:00 UTC after this instant.
    public var startOfNextMonth: Timestamp {
        let civil = CivilTime(self)
        return civil.month == 12
            ? CivilTime(year: civil.year + 1, month: 1, day: 1).timestamp
            : CivilTime(year: civil.year, month: civil.month + 1, day: 1).timestamp
    }

    /// The first of this instant's month at 00:00 UTC.
    public var startOfMonth: Timestamp {
        let civil = CivilTime(self)
        return CivilTime(year: civil.year, month: civil.month, day: 1).timestamp
    }
}

/// A UTC date and time of day in the proleptic Gregorian calendar.
///
/// The arithmetic between days and dates is Howard Hinnant's `days_from_civil` and `civil_from_days`
/// (https://howardhinnant.github.io/date_algorithms.html), exact for every year that a `Timestamp` can hold.
public struct CivilTime: Hashable, Sendable {
    public var year: Int
    public var month: Int
    public var day: Int
    public var hour = 0
    public var minute = 0
    public var second = 0
    public var millisecond = 0

    public init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    public init(_ timestamp: Timestamp) {
        let (days, inDay) = timestamp.milliseconds.flooredDivision(by: 86_400_000)
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        hour = Int(inDay / 3_600_000)
        minute = Int(inDay / 60_000 % 60)
        second = Int(inDay / 1000 % 60)
        millisecond = Int(inDay % 1000)
    }

    public var timestamp: Timestamp {
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let (era, yearOfEra) = shiftedYear.flooredDivision(by: 400)
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        let days =
            Int128(era) * 146_097 + Int128(yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
        let seconds = days * 86_400 + Int128(hour * 3600 + minute * 60 + second)
        return Timestamp(milliseconds: Int64(clamping: seconds * 1000 + Int128(millisecond)))
    }
}

extension Int64 {
    /// The quotient rounded towards negative infinity, and the remainder, which is never negative.
    func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension Int {
    /// This number in decimal digits with zeros in front up to `width`.
    public func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
