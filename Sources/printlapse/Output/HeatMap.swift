import Catalog
import Vocabulary

/// Frames by the hour: a row for each day, a column for each hour of the day, both in local time.
///
/// Where local time is no whole number of hours from UTC, an hour of frames stands in the column in which it begins.
struct HeatMap {
    private var days: [Int64: Day] = [:]
    private var most = 0

    private struct Day {
        var hours = Array(repeating: 0, count: 24)
        var bytes: Int64 = 0
    }

    private static let day: Int64 = 86_400_000
    /// Two columns of the terminal an hour, from few frames to many.
    private static let shades = Array("░▒▓█")

    /// - Parameter newest: of this many days; of all where `nil`.
    init(_ hours: [Statistics.Hour], newest: Int? = nil) {
        // A damaged total may be of any hour: the map has a line for each day between the first and the last.
        let hours = hours.filter { $0.hour.isPlausible }
        guard let last = hours.last else { return }
        let first = newest.map { Self.place(of: last.hour).day - Int64($0) + 1 } ?? .min
        for hour in hours {
            let place = Self.place(of: hour.hour)
            guard place.day >= first else { continue }
            var day = days[place.day] ?? Day()
            day.hours[place.hour] += hour.frames
            day.bytes += hour.bytes
            days[place.day] = day
            most = max(most, day.hours[place.hour])
        }
    }

    private static func place(of instant: Timestamp) -> (day: Int64, hour: Int) {
        let local = (instant + instant.localOffset).milliseconds
        let inside = (local % day + day) % day
        return ((local - inside) / day, Int(inside / 3_600_000))
    }

    /// The days from the first to the last that have frames, the scale, and what the shades mean; 80 columns wide.
    var lines: [String] {
        guard let first = days.keys.min(), let last = days.keys.max() else { return [] }
        let scale = stride(from: 0, to: 24, by: 3).map { "\($0)".padding(to: 6) }.joined()
        let heading = "".padding(to: 12) + scale + "FRAMES".leadingBlanks(to: 10) + "BYTES".leadingBlanks(to: 9)
        // Large numbers push the legend to the left.
        let indent = "".padding(to: max(0, min(12, 80 - legend.count)))
        return [heading] + (first...last).map { line(of: $0, days[$0] ?? Day()) } + [indent + legend]
    }

    private func line(of number: Int64, _ day: Day) -> String {
        let date = Timestamp(milliseconds: number * Self.day).description.prefix(10)
        let cells = day.hours.map { String(repeating: shade($0), count: 2) }.joined()
        let frames = day.hours.reduce(0, +).grouped
        return "\(date)  \(cells)\(frames.leadingBlanks(to: 10))\("\(ByteCount(day.bytes))".leadingBlanks(to: 9))"
    }

    private func shade(_ frames: Int) -> Character {
        frames == 0 ? "·" : Self.shades[(frames * Self.shades.count + most - 1) / most - 1]
    }

    private var legend: String {
        var meanings = ["frames an hour: · none"]
        var before = 0
        for (index, shade) in Self.shades.enumerated() {
            let upTo = most * (index + 1) / Self.shades.count
            if upTo > before { meanings.append("\(shade) to \(upTo.grouped)") }
            before = upTo
        }
        return meanings.joined(separator: "  ")
    }
}

extension String {
    /// This text behind blanks, so that it ends at a column.
    fileprivate func leadingBlanks(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - columns)) + self
    }
}
