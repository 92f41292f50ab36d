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
