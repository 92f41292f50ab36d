import FoundationEssentials
import Vocabulary

extension Timestamp {
    /// Local time for a person: `2026-11-23 14:05:10`.
    var localText: String {
        let local = CivilTime(self, in: .current)
        return "\(local.year.padded(4))-\(local.month.padded(2))-\(local.day.padded(2)) \(localTime)"
    }

    /// Local date and time to the minute: `2026-11-23 14:05`.
    var localMinuteText: String { String(localText.dropLast(3)) }

    /// Local time of day: `14:05:10`.
    var localTime: String {
        let local = CivilTime(self, in: .current)
        return "\(local.hour.padded(2)):\(local.minute.padded(2)):\(local.second.padded(2))"
    }

    /// How far local time is ahead of UTC at this instant.
    var localOffset: Duration {
        CivilTime(self, in: .current).timestamp - self
    }
}

extension String {
    /// This path with control characters replaced, and the whole of it: one that is cut is none.
    var printablePath: String {
        String(unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : Character($0) })
    }

    /// The same for a person: `~/Timelapses/a.mp4`.
    var shortPath: String {
        guard let home = ProcessInfo.processInfo.environment["HOME"], home.count > 1, hasPrefix(home + "/") else {
            return printablePath
        }
        return "~" + String(dropFirst(home.count)).printablePath
    }
}

extension Int {
    /// Digits in groups of three: `12 345`, with a thin grouping blank that every terminal has.
    var grouped: String {
        let digits = String(magnitude)
        var parts: [Substring] = []
        var rest = digits[...]
        while rest.count > 3 {
            parts.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        parts.insert(rest, at: 0)
        return (self < 0 ? "-" : "") + parts.joined(separator: " ")
    }

    /// `1 frame`, `2 frames`.
    func counted(_ noun: String) -> String {
        "\(grouped) \(noun)\(self == 1 ? "" : "s")"
    }
}
