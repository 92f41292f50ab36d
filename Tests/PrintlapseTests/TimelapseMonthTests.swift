import Archive
import Catalog
import Foundation
import GRDB
import Storage
import Synchronization
import TestSupport
import Testing
import Timelapses
import Vocabulary

@testable import Settings
@testable import printlapse

/// October of 2026 in Berlin, on whose 25th clocks are set back by an hour.
@Suite(.timeLimit(.minutes(5))) struct `A month of rules` {
    private static let berlin = TimeZone(identifier: "Europe/Berlin")!

    private static func time(_ text: String) throws -> Timestamp {
        try Timestamp(parsing: text, now: .wallClock, timeZone: berlin)
    }

    private struct Outcome {
        var rendered: [String] = []
        var made: [ArchivedTimelapse] = []
        var waiting = 0
        var prints: Set<Int64> = []
    }

    /// Lets time pass hour by hour, with a picture in each and a print every seven, and looks what is due.
    ///
    /// - Parameters:
    ///   - clock: what it shows in an hour of the month.
    ///   - isThere: whether somebody looks in that hour.
    private static func month(
        clock shown: (Int, Timestamp) -> Timestamp = { $1 }, isThere: (Int) -> Bool = { _ in true }
    ) async throws -> Outcome {
        try await ProgramBench.with { bench in
            try await bench.store([try time("2026-09-30 23:30")])
            let archive = try await FrameArchive.open(at: bench.archive, role: .timelapses)
            let catalog = try Catalog.open(at: bench.archive)
            let clock = Mutex(try time("2026-10-01"))
            let rendered = Mutex<[String]>([])
            let workshop = TimelapseWorkshop(
                archive: archive, catalog: catalog, setups: try setups(in: bench.folder),
                now: { clock.withLock(\.self) },
                render: { timelapse, _, paths, _ throws(TimelapseFailure) in
                    rendered.withLock { $0 += paths }
                    return RenderedTimelapse(
                        files: paths.map { .init(path: $0, bytes: 4) }, poster: nil, frames: 24, length: .seconds(1))
                })
            let (begin, printer) = (clock.withLock(\.self), try CameraName("printer"))
            var outcome = Outcome()
            for hour in 0..<(32 * 24) {
                let now = shown(hour, begin + .seconds(3600 * hour))
                clock.withLock { $0 = now }
                try await picture(at: now, number: hour, in: archive)
                if hour % 7 == 6 {
                    let number = Int64(hour)
                    try await archive.record(
                        PrintJob(
                            number: number, name: "part \(number)", state: .finished, startedAt: now - .seconds(7200),
                            endedAt: now - .seconds(600), toldBy: .octoPrint), camera: printer)
                    try await archive.commit { try $0.execute(sql: "UPDATE print SET frames = 500") }
                }
                if isThere(hour) { _ = try await workshop.work() }
            }
            for print in try await catalog.prints() { outcome.prints.insert(print.id) }
            outcome.rendered = rendered.withLock(\.self)
            outcome.made = try await catalog.timelapses([.made], limit: 9999)
            outcome.waiting = try await catalog.unfinishedTimelapses().count
            try catalog.close()
            try await archive.close()
            return outcome
        }
    }

    private static func setups(in folder: URL) throws -> [TimelapseSetup] {
        var day = TimelapseRule(name: "day", occasion: .every(.day, at: .midnight), folder: folder.path + "/films")
        day.leastFrames = 1
        var print = TimelapseRule(
            name: "print", occasion: .afterPrint(patience: .seconds(60)), folder: folder.path + "/films")
        print.names = [try TimelapseName("{number}.mp4")]
        return try [day, print].map { rule in
            var rule = rule
            rule.timeZone = berlin
            return try TimelapseSetup(JobConfiguration.Timelapse(rule: rule), file: "config.yaml")
        }
    }

    /// A frame of which nobody has the picture.
    private static func picture(at instant: Timestamp, number: Int, in archive: FrameArchive) async throws {
        try await archive.commit { database in
            try database.execute(
                sql: """
                    INSERT INTO frame (camera_id, captured_at, last_seen_at, seen, width, height, bytes, sha256,
                        perceptual_hash, source)
                    SELECT camera_id, ?, ?, 1, 64, 48, 100, sha256, 1, 'url' FROM frame WHERE id = 1
                    """, arguments: [instant.milliseconds + Int64(number), instant.milliseconds + Int64(number)])
        }
    }

    private static func expectEachOnce(_ outcome: Outcome, days: Int) {
        #expect(outcome.waiting == 0)
        #expect(Set(outcome.rendered).count == outcome.rendered.count, "none is rendered twice")
        #expect(outcome.rendered.count == outcome.made.count)
        let ofDays = outcome.made.filter { $0.rule == "day" }.sorted { $0.since < $1.since }
        #expect(ofDays.count == days)
        #expect(zip(ofDays, ofDays.dropFirst()).allSatisfy { $0.until == $1.since })
        #expect(ofDays.count { $0.until - $0.since == .seconds(25 * 3600) } == 1)
        #expect(ofDays.allSatisfy { (24...25).contains(Int(($0.until - $0.since) / .seconds(3600))) })
        let prints = outcome.made.compactMap(\.print)
        #expect(Set(prints).count == prints.count)
        #expect(Set(prints) == outcome.prints)
        #expect(outcome.prints.count == 109)
    }

    @Test func `has each day and each print once`() async throws {
        Self.expectEachOnce(try await Self.month(), days: 31)
    }

    @Test func `has them once where the clock is set back by an hour, and by three days`() async throws {
        let hour = try await Self.month { hour, time in hour < 100 ? time : time - .seconds(3600) }
        Self.expectEachOnce(hour, days: 31)
        let days = try await Self.month { hour, time in hour < 200 ? time : time - .seconds(3 * 86_400) }
        Self.expectEachOnce(days, days: 28)
    }

    @Test func `has them once where nobody looked for days`() async throws {
        Self.expectEachOnce(try await Self.month(isThere: { !(300..<500).contains($0) }), days: 31)
    }
}
