import Vocabulary

/// The line below a bar that says which time stands where, in local time.
struct TimeAxis {
    let from: Timestamp
    let until: Timestamp
    let cells: Int

    /// Distances between marks, in seconds: the first that leaves room for every label is taken.
    private static let steps: [Int64] = [
        1, 5, 15, 30, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600,
        86_400, 2 * 86_400, 7 * 86_400, 14 * 86_400, 30 * 86_400, 90 * 86_400, 365 * 86_400, 3650 * 86_400,
    ]

    /// Labels at round local times, each beginning where its time is.
    var line: String {
        var line = Array(repeating: Character(" "), count: cells)
        let seconds = max(1, (until - from).milliseconds / 1000)
        let step = Self.steps.first { seconds / $0 * 10 <= Int64(cells) } ?? seconds
        var mark = (from + from.localOffset).milliseconds / 1000 / step * step
        var free = 0
        while true {
            defer { mark += step }
            let instant = Self.instant(ofLocal: Timestamp(seconds: mark))
            guard instant < until else { return String(line) }
            let cell = Int((instant - from) / (until - from) * Double(cells))
            let label = Array(Self.label(CivilTime(Timestamp(seconds: mark)), step: step))
            guard instant >= from, cell >= free, cell + label.count <= cells else { continue }
            line.replaceSubrange(cell..<cell + label.count, with: label)
            free = cell + label.count + 1
        }
    }

    private static func label(_ time: CivilTime, step: Int64) -> String {
        if step < 60 { return "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))" }
        if step < 86_400 { return "\(time.hour.padded(2)):\(time.minute.padded(2))" }
        let date = "\(time.month.padded(2))-\(time.day.padded(2))"
        return step < 90 * 86_400 ? date : "\(time.year.padded(4))-\(time.month.padded(2))"
    }

    /// The instant at which clocks show a local time.
    private static func instant(ofLocal local: Timestamp) -> Timestamp {
        local - (local - local.localOffset).localOffset
    }
}
