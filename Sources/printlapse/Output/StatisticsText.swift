import Catalog
import Vocabulary

/// Totals as a person reads them.
struct StatisticsText {
    private let statistics: Statistics
    /// Takes the place of the table of days.
    private let map: [String]?

    init(_ statistics: Statistics, map: [String]? = nil) {
        (self.statistics, self.map) = (statistics, map)
    }

    var lines: [String] {
        let parts = [totals, outcomes, rejections, map ?? [], groups].filter { !$0.isEmpty }
        return Array(parts.joined(separator: [""]))
    }

    private var totals: [String] {
        var lines = ["Frames     \(statistics.frames.grouped), \(statistics.bytes) of pictures"]
        if let stored = statistics.storedBytes, let saved = statistics.compactedBytes, saved > .zero {
            lines.append("Stored     \(stored), compacting saved \(saved)")
        }
        if let pictures = statistics.offloadedPictures, let bytes = statistics.offloadedBytes, pictures > 0 {
            lines.append("In packs   \(pictures.counted("picture")), \(bytes) of that")
        }
        if statistics.removed > 0 { lines.append("Removed    \(statistics.removed.counted("frame")) since") }
        let suspects = statistics.suspects.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        if !suspects.isEmpty {
            let kinds = suspects.map { "\($0.value.grouped) \($0.key)" }.joined(separator: ", ")
            lines.append("Suspect    \(kinds): “printlapse frames --suspect” lists them")
        }
        return lines + [
            "Repeats    \(statistics.duplicates.grouped) dropped, \(statistics.bytesSaved) saved",
            "Received   \(statistics.received)",
        ]
    }

    private var outcomes: [String] {
        var table = TextTable([.left("outcome"), .right("slots"), .right("share")])
        let all = max(1, statistics.slots.values.reduce(0, +))
        for outcome in SlotOutcome.allCases {
            guard let count = statistics.slots[outcome], count > 0 else { continue }
            let share = Double(count) / Double(all) * 100
            table.add([outcome.phrase, count.grouped, share.formatted(places: 1) + " %"])
        }
        return table.isEmpty ? [] : table.lines()
    }

    private var rejections: [String] {
        var table = TextTable([.left("rejected as"), .right("slots")])
        for (verdict, count) in statistics.rejections.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            table.add([SlotReason(label: verdict).phrase, count.grouped])
        }
        return table.isEmpty ? [] : table.lines()
    }

    private var groups: [String] {
        var table = TextTable([.left("by"), .right("frames"), .right("bytes")])
        for day in map == nil ? statistics.days(offset: \.localOffset) : [] {
            table.add([day.day, day.frames.grouped, "\(ByteCount(day.bytes))"])
        }
        for camera in statistics.cameras {
            table.add([camera.camera, camera.frames.grouped, "\(ByteCount(camera.bytes))"])
        }
        return table.isEmpty ? [] : table.lines()
    }
}
