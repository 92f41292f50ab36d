import Archive
import Foundation
import Testing
import Vocabulary

@testable import Catalog
@testable import printlapse

@Suite struct `What a terminal draws` {
    /// 2027-01-15 at a local time, wherever this runs.
    private func at(_ hour: Int, _ minute: Int = 0, day: Int = 15) -> Timestamp {
        var time = CivilTime(year: 2027, month: 1, day: day)
        (time.hour, time.minute) = (hour, minute)
        return time.timestamp - time.timestamp.localOffset
    }

    @Test func `is a bar for each camera, which shows holes however short they are`() throws {
        let camera = try CameraName("printer")
        var bar = CameraCoverage(camera: camera, from: at(0), until: at(10), cells: 10)
        bar.add(from: at(1), until: at(2), .new)
        bar.add(from: at(2), until: at(3), .repeated)
        bar.add(from: at(3), until: at(4), .gap)
        bar.add(from: at(4), until: at(4, 59), .new)
        bar.add(from: at(4, 59), until: at(5), .gap)
        bar.add(from: at(5), until: at(5, 1), .repeated)
        bar.add(from: at(5, 1), until: at(6), .gap)
        bar.add(from: at(6), until: at(6, 30), .repeated)
        let lines = TimelineBars(coverage: Coverage(from: at(0), until: at(10), cameras: [bar])).lines
        #expect(lines.first == "printer   █░·▇▁░")
        #expect(lines.last?.contains("· hole") == true)
    }

    @Test func `is no longer than a screen for a thousand cameras`() throws {
        let cameras = try (0..<1000).map {
            CameraCoverage(
                camera: try CameraName("a printer with a long name \($0)"), from: at(0), until: at(1), cells: 62)
        }
        let lines = TimelineBars(coverage: Coverage(from: at(0), until: at(1), cameras: cameras)).lines
        #expect(lines.count == TimelineBars.most + 3)
        #expect(lines.contains { $0.contains("976 cameras more") || $0.contains("976 cameras") })
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: [1, 7, 60, 600, 3600, 86_400, 1_000_000, 40_000_000, 400_000_000], [10, 62, 200])
    func `is a time axis whose labels stand where their times are`(seconds: Int64, cells: Int) {
        let axis = TimeAxis(from: at(9, 41), until: at(9, 41) + .seconds(seconds), cells: cells).line
        #expect(axis.count == cells)
        #expect(axis.split(separator: " ").allSatisfy { $0.count >= 5 }, "\(axis)")
    }

    @Test func `has hours under a bar of a day`() {
        let axis = TimeAxis(from: at(0), until: at(0, day: 16), cells: 48).line
        #expect(axis == "00:00       06:00       12:00       18:00".padding(to: 48))
    }

    @Test func `is a map of the hours, no wider than 80 columns`() {
        let hours = (0..<30 * 24).map { index in
            let instant = at(0, day: 1) + .seconds(3600 * index)
            return Statistics.Hour(
                hour: instant, frames: index % 24 == 6 ? 0 : 100_000 + index % 24 * 1000, bytes: 10_000_000)
        }
        let lines = HeatMap(hours.filter { $0.frames > 0 }, newest: 14).lines
        #expect(lines.count == 1 + 14 + 1)
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
        #expect(lines.last?.contains("· none") == true)
        #expect(lines.last?.contains("█ to 123 000") == true)
        let night = lines[1].dropFirst(12 + 2 * 6).prefix(2)
        #expect(night == "··")
    }

    @Test(arguments: [1, 2, 3, 4, 5, 1000])
    func `has a shade for every number, whatever the most is`(most: Int) {
        let hours = (0...most).map { Statistics.Hour(hour: at(0) + .seconds(3600 * $0), frames: $0, bytes: 1) }
        let lines = HeatMap(hours.filter { $0.frames > 0 }).lines
        #expect(lines.dropFirst().joined().contains("██"))
        #expect(lines.last?.hasSuffix("█ to \(most.grouped)") == true)
    }

    @Test func `is nothing where there are no frames`() {
        #expect(HeatMap([]).lines == [])
    }
}

@Suite struct `The schema as text` {
    @Test func `fits into 80 columns and has every view`() {
        let lines = SchemaText.lines
        #expect(lines.allSatisfy { $0.count <= 80 })
        for name in ["frame_view", "print_view", "timeline_view", "frame", "frame_hour"] {
            #expect(lines.contains(name))
        }
    }

    @Test func `has statements that make the same tables, views, indexes and triggers`() async throws {
        try await ProgramBench.with { bench in
            let printed = try await bench.run("schema", "--sql")
            #expect(printed.status == 0)
            let (process, output) = (Process(), Pipe())
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "sqlite3", "-bail", ":memory:", ".read \(try bench.file("schema.sql", printed.output))",
                "SELECT type, count(*) FROM sqlite_schema WHERE sql IS NOT NULL GROUP BY type ORDER BY type",
            ]
            process.standardOutput = output
            try process.run()
            try await process.ended()
            let made = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            let kinds = Dictionary(grouping: try SchemaStatements().all, by: \.type).mapValues(\.count)
            #expect(made == kinds.sorted { $0.key < $1.key }.map { "\($0.key)|\($0.value)\n" }.joined())
        }
    }

    @Test func `takes a table apart at its own commas`() {
        let table = TableDefinition(
            "CREATE TABLE t (\n  a INTEGER CHECK (a IN (1, 2)), -- one, or two\n  b TEXT\n) STRICT")
        #expect(table.beginning == "CREATE TABLE t (")
        #expect(table.items == ["a INTEGER CHECK (a IN (1, 2))", "b TEXT"])
        #expect(table.end == ") STRICT")
    }
}
