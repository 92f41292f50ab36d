public import FoundationEssentials

extension Timestamp {
    /// Reads RFC 3339 (`2026-11-23T14:05:00.250Z`, `2026-11-23 14:05:00+01:00`), a local date (`2026-11-23`), a local time
    /// of today (`14:05`, `14:05:30`), or a duration back from now (`2h`, `3d`).
    ///
    /// - Parameters:
    ///   - now: what `14:05` and `2h` are relative to.
    ///   - timeZone: of dates and times without an offset.
    /// - Throws: ``VocabularyError/timestamp(_:)``
    public init(parsing text: String, now: Timestamp, timeZone: TimeZone = .current) throws(VocabularyError) {
        if let written = Timestamp(written: text) {
            self = written
            return
        }
        if let back = try? Duration(parsing: text) {
            self = now - back
            return
        }
        guard let match = text.wholeMatch(of: Self.form), Self.isComplete(match) else { throw .timestamp(text) }

        var civil: CivilTime
        if let year = match.year, let month = match.month, let day = match.day {
            civil = CivilTime(year: Int(year) ?? 0, month: Int(month) ?? 0, day: Int(day) ?? 0)
        } else {
            civil = CivilTime(now, in: timeZone)
            (civil.second, civil.millisecond) = (0, 0)
            (civil.hour, civil.minute) = (0, 0)
        }
        civil.hour = match.hour.flatMap { Int($0) } ?? 0
        civil.minute = match.minute.flatMap { Int($0) } ?? 0
        civil.second = match.second.flatMap { Int($0) } ?? 0
        civil.millisecond = match.fraction.map { Int(($0 + "00").prefix(3)) ?? 0 } ?? 0

        // A date that does not exist (2026-02-30) comes back as another one.
        guard civil.hour < 24, civil.minute < 60, civil.second < 60, CivilTime(civil.timestamp) == civil else {
            throw .timestamp(text)
        }
        let offset = match.zone.map(Self.seconds(ofZone:)) ?? timeZone.offset(atLocal: civil.timestamp)
        self = civil.timestamp - .seconds(offset)
    }

    /// Reads what ``description`` gives, and nothing else: the form that programs write, often thousands at once.
    private init?(written text: String) {
        let bytes = Array(text.utf8)
        let form = "0000-00-00T00:00:00.000Z".utf8
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard bytes.count == form.count,
            zip(bytes, form).allSatisfy({ $1 == UInt8(ascii: "0") ? digits.contains($0) : $0 == $1 })
        else { return nil }
        func number(_ places: Range<Int>) -> Int { bytes[places].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
        var civil = CivilTime(year: number(0..<4), month: number(5..<7), day: number(8..<10))
        (civil.hour, civil.minute) = (number(11..<13), number(14..<16))
        (civil.second, civil.millisecond) = (number(17..<19), number(20..<23))
        let instant = civil.timestamp
        // A date that does not exist (2026-02-30) comes back as another one.
        guard CivilTime(instant) == civil else { return nil }
        self = instant
    }

    // swift-format-ignore
    private nonisolated(unsafe) static let form =
        /(?:(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d))?(?:[Tt ]?(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?)?(?<zone>[Zz]|[+-]\d\d:\d\d)?)?/

    /// Whether the match is a date, a time, or both with a separator, and neither nothing nor a time zone without a date.
    private static func isComplete(_ match: Regex<FormOutput>.Match) -> Bool {
        if match.year != nil, match.hour != nil {
            return match.output.0.dropFirst(10).first.map { "Tt ".contains($0) } ?? false
        }
        if match.hour != nil { return match.zone == nil && match.output.0.first?.isNumber == true }
        return match.year != nil
    }

    private typealias FormOutput = (
        Substring, year: Substring?, month: Substring?, day: Substring?, hour: Substring?, minute: Substring?,
        second: Substring?, fraction: Substring?, zone: Substring?
    )

    private static func seconds(ofZone zone: Substring) -> Int {
        guard let sign = zone.first, sign == "+" || sign == "-" else { return 0 }
        let parts = zone.dropFirst().split(separator: ":").map { Int($0) ?? 0 }
        return (sign == "-" ? -1 : 1) * (parts[0] * 3600 + parts[1] * 60)
    }
}
