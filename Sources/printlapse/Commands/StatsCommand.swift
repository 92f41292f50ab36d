import ArgumentParser
import Catalog
import Vocabulary

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show totals: frames, bytes, repeats dropped, slots by outcome, and each day and camera.",
        usage: "printlapse stats [<options>]")

    @OptionGroup(title: "Of what") var selection: SelectionOptions

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup(title: "Common") var common: CommonOptions

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        let statistics = try await catalog.statistics(
            camera: selection.camera, since: selection.since, until: selection.until)
        if json { return try JSONOutput.print(statistics) }
        for line in Self.lines(statistics) { try StandardOutput.line(line) }
    }

    static func lines(_ statistics: Statistics) -> [String] {
        var lines = [
            "Frames     \(statistics.frames.grouped), \(statistics.bytes) of pictures",
            "Repeats    \(statistics.duplicates.grouped) dropped, \(statistics.bytesSaved) saved",
            "Received   \(statistics.received)",
            "",
        ]
        var outcomes = TextTable([.left("outcome"), .right("slots"), .right("share")])
        let all = max(1, statistics.slots.values.reduce(0, +))
        for outcome in SlotOutcome.allCases {
            guard let count = statistics.slots[outcome], count > 0 else { continue }
            let share = Double(count) / Double(all) * 100
            outcomes.add([outcome.rawValue, count.grouped, share.formatted(places: 1) + " %"])
        }
        if !outcomes.isEmpty { lines += outcomes.lines() + [""] }

        if !statistics.rejections.isEmpty {
            var verdicts = TextTable([.left("rejected as"), .right("slots")])
            for (verdict, count) in statistics.rejections.sorted(by: { $0.value > $1.value }) {
                verdicts.add([verdict, count.grouped])
            }
            lines += verdicts.lines() + [""]
        }
        var groups = TextTable([.left("by"), .right("frames"), .right("bytes")])
        for day in statistics.days { groups.add([day.day, day.frames.grouped, "\(ByteCount(day.bytes))"]) }
        for camera in statistics.cameras {
            groups.add([camera.camera, camera.frames.grouped, "\(ByteCount(camera.bytes))"])
        }
        if !groups.isEmpty { lines += groups.lines() }
        while lines.last == "" { lines.removeLast() }
        return lines
    }
}
