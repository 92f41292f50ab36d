import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `A print job in the archive` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func prints(_ jobs: [PrintJob]) async throws -> [String] {
        let archive = try await folder.open()
        for job in jobs { try await archive.record(job, camera: .printer) }
        let rows = try await archive.pool.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT printf('%s %s %s %s %s %s', coalesce(number, '–'), coalesce(name, '–'), state, started_at,
                        coalesce(ended_at, '–'), told_by)
                    FROM print ORDER BY id
                    """)
        }
        try await archive.close()
        return rows
    }

    @Test func `is another one where a number comes again: after another, of another series, or after too long`()
        async throws
    {
        func job(_ number: Int64, _ series: String? = nil, from start: Int64, until end: Int64? = nil) -> PrintJob {
            PrintJob(
                number: number, series: series, state: end == nil ? .printing : .ended,
                startedAt: Timestamp(milliseconds: start), endedAt: end.map(Timestamp.init(milliseconds:)), toldBy: .url
            )
        }
        let days: (Int64) -> Int64 = { $0 * 86_400_000 }
        let rows = try await prints([
            job(7, "a/1", from: 1000), job(7, from: 1000, until: 2000), job(7, "a/1", from: 1000, until: days(59)),
            job(8, "a/1", from: 3000, until: 4000), job(7, "a/1", from: 5000, until: 6000),
            job(7, "b/1", from: 7000, until: 8000), job(7, "b/1", from: days(62)),
        ])
        #expect(
            rows == [
                "7 – ended 1000 \(days(59)) url", "8 – ended 3000 4000 url", "7 – ended 5000 6000 url",
                "7 – ended 7000 8000 url", "7 – printing \(days(62)) – url",
            ])
    }

    private func job(
        _ number: Int64? = nil, _ name: String? = nil, _ state: PrintState = .printing, from start: Int64 = 1000,
        until end: Int64? = nil, by witness: PrintWitness = .octoPrint
    ) -> PrintJob {
        PrintJob(
            number: number, name: name, state: state, startedAt: Timestamp(milliseconds: start),
            endedAt: end.map(Timestamp.init(milliseconds:)), toldBy: witness)
    }

    @Test func `is one, however many witnesses tell of it`() async throws {
        let rows = try await prints([
            job(nil, "boat.gcode"), job(77, "boat.gcode"), job(77, by: .url),
            job(nil, "boat.gcode", .finished, until: 5000),
        ])
        #expect(rows == ["77 boat.gcode finished 1000 5000 octoprint"])
    }

    @Test func `is another one by another number, by another name, and after the end`() async throws {
        let rows = try await prints([
            job(77, "boat.gcode"), job(78, "boat.gcode"), job(nil, "cube.gcode"),
            job(nil, "cube.gcode", .cancelled, until: 2000), job(nil, "cube.gcode"),
        ])
        #expect(
            rows == [
                "77 boat.gcode printing 1000 – octoprint", "78 boat.gcode printing 1000 – octoprint",
                "– cube.gcode cancelled 1000 2000 octoprint", "– cube.gcode printing 1000 – octoprint",
            ])
    }

    @Test func `is another one where it began after the last frame of the one before`() async throws {
        let archive = try await folder.open()
        let slot = Slot.number(3)
        let first = PrintJob(name: "boat.gcode", startedAt: Slot.number(1).due, toldBy: .octoPrint)
        let frame = try await archive.store(
            try .numbered(3, for: slot), for: slot, received: .zero, circumstances: FrameCircumstances(print: first))
        let restarted = PrintJob(name: "boat.gcode", startedAt: Slot.number(2).due, toldBy: .octoPrint)
        let again = PrintJob(name: "boat.gcode", startedAt: Slot.number(8).due, toldBy: .octoPrint)
        let later = Slot.number(9)
        let same = try await archive.store(
            try .numbered(4, for: .number(4)), for: .number(4), received: .zero,
            circumstances: FrameCircumstances(print: restarted))
        let other = try await archive.store(
            try .numbered(9, for: later), for: later, received: .zero, circumstances: FrameCircumstances(print: again))
        #expect(same.print == frame.print)
        #expect(other.print != frame.print)
        try await archive.close()
    }

    @Test func `is kept with each frame as it stood then`() async throws {
        let archive = try await folder.open()
        let slot = Slot.number(1)
        let job = PrintJob(name: "boat", state: .paused, startedAt: slot.due, progress: 0.25, toldBy: .octoPrint)
        let frame = try await archive.store(
            try .numbered(1, for: slot), for: slot, received: .zero,
            circumstances: FrameCircumstances(print: job, prediction: 0.125))
        let read = try await archive.pool.read { try FrameTable.frame(frame.id, in: $0) }
        #expect(read == frame)
        #expect(read?.progress == 0.25)
        #expect(read?.printerState == .paused)
        #expect(read?.prediction == 0.125)
        try await archive.close()
    }
}

@Suite struct `An alert` {
    @Test func `stays open over a restart, once, until it is closed`() async throws {
        let folder = try TemporaryFolder()
        let first = OpenAlert(kind: "cap_near", camera: .printer, since: Timestamp(milliseconds: 5))
        let disk = OpenAlert(kind: "disk_low", camera: nil, since: Timestamp(milliseconds: 7))
        let archive = try await folder.open()
        for alert in [first, disk, OpenAlert(kind: "cap_near", camera: .printer, since: Timestamp(milliseconds: 9))] {
            try await archive.open(alert)
        }
        try await archive.close()

        let again = try await folder.open()
        #expect(try again.openAlerts() == [first, disk])
        try await again.closeAlert(kind: "cap_near", camera: .printer)
        #expect(try again.openAlerts() == [disk])
        try await again.close()
    }
}
