internal import Vocabulary

/// A full date and time of day within a name.
struct DateStamp: Hashable {
    let time: ToldTime
    /// Where it stands in the name, offset and all.
    let range: Range<Int>

    /// The first full date and time in the name.
    ///
    /// `20261123140510`, `20261123_140510`, `20261123T140510.250Z`, `2026-11-23_14-05-10`, `2026-11-23T14:05:10+01:00` and
    /// the like: the date in one piece or three, a sign or a few between, the time in one piece or three, a fraction, an
    /// offset.
    static func first(in name: [UInt8]) -> DateStamp? {
        for start in name.indices where name[start].isDigit && (start == 0 || !name[start - 1].isDigit) {
            var scanner = StampScanner(name, at: start)
            if let time = scanner.fullTime() { return DateStamp(time: time, range: start..<scanner.position) }
        }
        return nil
    }

    /// The date that a whole name is: `2026-11-23`, `20261123`.
    static func date(in name: [UInt8]) -> CivilTime? {
        var scanner = StampScanner(name, at: 0)
        guard let date = scanner.date(), scanner.position == name.count, date.isPlausible else { return nil }
        return date
    }

    /// A name that begins with a time of day, in a folder whose whole name is a date: `2026-11-23/14-05-10`.
    static func timeOfDay(in name: [UInt8], ofFolder folder: [UInt8]) -> DateStamp? {
        var dateScanner = StampScanner(folder, at: 0)
        guard let date = dateScanner.date(), dateScanner.position == folder.count else { return nil }
        var scanner = StampScanner(name, at: 0)
        guard let time = scanner.timeOfDay(on: date) else { return nil }
        return DateStamp(time: time, range: 0..<scanner.position)
    }
}

/// Reads a stamp from left to right.
private struct StampScanner {
    private let text: [UInt8]
    private(set) var position: Int

    init(_ text: [UInt8], at position: Int) {
        (self.text, self.position) = (text, position)
    }

    mutating func fullTime() -> ToldTime? {
        let isOnePiece = [14, 17].contains(digitRun(from: position))
        guard let date = date() else { return nil }
        if isOnePiece { return timeOfDay(on: date) }
        let between = text[position...].prefix(3).prefix { "Tt_-. @".utf8.contains($0) }.count
        guard between > 0 else { return nil }
        position += between
        return timeOfDay(on: date)
    }

    /// `20261123`, or `2026-11-23` with any one sign twice.
    mutating func date() -> CivilTime? {
        let run = digitRun(from: position)
        if [8, 14, 17].contains(run), let year = number(4), let month = number(2), let day = number(2) {
            return CivilTime(year: year, month: month, day: day)
        }
        guard run == 4, let year = number(4), let sign = sign(of: "-_.:"), digitRun(from: position) == 2,
            let month = number(2), self.sign(of: "-_.:") == sign, digitRun(from: position) == 2, let day = number(2)
        else { return nil }
        return CivilTime(year: year, month: month, day: day)
    }

    /// `140510`, `140510250` or `14-05-10`, and what belongs to it.
    mutating func timeOfDay(on date: CivilTime) -> ToldTime? {
        var time = date
        let run = digitRun(from: position)
        if run == 6 || run == 9, let hour = number(2), let minute = number(2), let second = number(2) {
            (time.hour, time.minute, time.second) = (hour, minute, second)
            if run == 9 { time.millisecond = number(3) ?? 0 }
        } else if run == 2, let hour = number(2), let sign = sign(of: "-_.:h"), digitRun(from: position) == 2,
            let minute = number(2), self.sign(of: sign == UInt8(ascii: "h") ? "m" : "-_.:") != nil,
            digitRun(from: position) == 2, let second = number(2)
        {
            (time.hour, time.minute, time.second) = (hour, minute, second)
        } else {
            return nil
        }
        if position < text.count, text[position] == UInt8(ascii: "."), digitRun(from: position + 1) > 0 {
            let fraction = text[(position + 1)...].prefix(while: \.isDigit)
            time.millisecond = fraction.milliseconds
            position += 1 + fraction.count
        }
        guard time.isPlausible else { return nil }
        guard let offset = offset() else { return .wall(time) }
        return .instant(time.timestamp - offset)
    }

    /// `Z`, `+01:00`, `+0100` or `-01:00`. Without the colon a minus is none: motion puts a frame's number there.
    private mutating func offset() -> Duration? {
        let rest = text[position...]
        guard let sign = rest.first else { return nil }
        if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") {
            guard rest.dropFirst().first.map(\.isLetter) != true else { return nil }
            position += 1
            return .zero
        }
        guard let offset = Duration(offset: rest.prefix(6)) ?? Duration(offset: rest.prefix(5)) else { return nil }
        let hasColon = rest.dropFirst(3).first == UInt8(ascii: ":")
        guard sign == UInt8(ascii: "+") || hasColon else { return nil }
        position += hasColon ? 6 : 5
        return offset
    }

    private func digitRun(from start: Int) -> Int {
        start < text.count ? text[start...].prefix(while: \.isDigit).count : 0
    }

    private mutating func number(_ digits: Int) -> Int? {
        guard let number = text[position...].prefix(digits).decimal(digits: digits) else { return nil }
        position += digits
        return number
    }

    private mutating func sign(of signs: String) -> UInt8? {
        guard position < text.count, signs.utf8.contains(text[position]) else { return nil }
        position += 1
        return text[position - 1]
    }
}
