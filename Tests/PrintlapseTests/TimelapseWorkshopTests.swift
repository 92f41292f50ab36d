import Archive
import Catalog
import Foundation
import GRDB
import Storage
import Synchronization
import Testing
import Timelapses
import Vocabulary

@testable import Settings
@testable import printlapse

/// A rule, an archive and a clock that the test sets; what would be rendered is written down.
private final class Bench: Sendable {
    let folder: URL
    let archive: FrameArchive
    let catalog: Catalog
    let clock = Mutex(Timestamp(seconds: 1_800_000_000))
    let rendered = Mutex<[(paths: [String], replaces: Bool)]>([])
    let failure = Mutex<TimelapseFailure?>(nil)
    let printer: CameraName

    init(in folder: URL) async throws {
        self.folder = folder
        let path = folder.appending(path: "archive.sqlite").path
        let made = try await FrameArchive.open(at: path)
        try await made.close()
        archive = try await FrameArchive.open(at: path, role: .timelapses)
        catalog = try Catalog.open(at: path)
        printer = try CameraName("printer")
    }

    static func with(_ body: (Bench) async throws -> Void) async throws {
        try await ProgramBench.with { bench in
            let made = try await Bench(in: bench.folder)
            let result: Result<Void, any Error>
            do { result = .success(try await body(made)) } catch { result = .failure(error) }
            try made.catalog.close()
            try await made.archive.close()
            try result.get()
        }
    }

    var films: String { folder.appending(path: "films").path }

    func workshop(_ change: (inout TimelapseRule) -> Void = { _ in }) throws -> TimelapseWorkshop {
        var rule = TimelapseRule(name: "print", occasion: .afterPrint(patience: .seconds(60)), folder: films)
        rule.names = [try TimelapseName("{print}.mp4")]
        rule.timeZone = try #require(TimeZone(identifier: "UTC"))
        change(&rule)
        let setup = try TimelapseSetup(JobConfiguration.Timelapse(rule: rule), file: "config.yaml")
        return TimelapseWorkshop(
            archive: archive, catalog: catalog, setups: [setup], now: { self.clock.withLock(\.self) },
            render: { _, setup, paths, replaces throws(TimelapseFailure) in
                self.rendered.withLock { $0.append((paths, replaces)) }
                if let failure = self.failure.withLock(\.self) { throw failure }
                do {
                    try FileManager.default.createDirectory(
                        atPath: setup.rule.folder, withIntermediateDirectories: true)
                    for path in paths { try Data("film".utf8).write(to: URL(filePath: path)) }
                } catch { throw .failed(reason: "\(error)", hint: nil) }
                return RenderedTimelapse(
                    files: paths.map { .init(path: $0, bytes: 4) }, poster: nil, frames: 500, length: .seconds(9))
            })
    }

    func advance(_ time: Duration) { clock.withLock { $0 = $0 + time } }

    /// A print that took an hour and is over now, with as many frames as if they had been counted.
    func print(_ name: String, number: Int64, began: Timestamp? = nil) async throws {
        let now = clock.withLock(\.self)
        let job = PrintJob(
            number: number, name: name, state: .finished, startedAt: began ?? now - .seconds(3600), endedAt: now,
            toldBy: .octoPrint)
        try await archive.record(job, camera: printer)
        try await archive.commit { try $0.execute(sql: "UPDATE print SET frames = 500") }
    }

    /// What was rendered, one after another.
    var paths: [String] { rendered.withLock { $0.flatMap(\.paths) } }
    var replacements: [Bool] { rendered.withLock { $0.map(\.replaces) } }
    var now: Timestamp { clock.withLock(\.self) }

    var made: [ArchivedTimelapse] { get async throws { try await catalog.timelapses([.made], limit: 99).reversed() } }
}

@Suite struct `A workshop for timelapses` {
    @Test func `makes one of each print that is over, the oldest first and each once`() async throws {
        try await Bench.with { bench in
            let workshop = try bench.workshop()
            try await bench.print("before", number: 1)
            bench.advance(.seconds(1))
            #expect(try await workshop.work() == nil)
            try await bench.print("first.gcode", number: 2)
            bench.advance(.seconds(30))
            try await bench.print("second", number: 3)
            _ = try await workshop.work()
            #expect(bench.paths.isEmpty, "they may go on")
            bench.advance(.seconds(60))
            for _ in 0..<3 { _ = try await workshop.work() }
            #expect(
                bench.paths
                    == ["first.mp4", "second.mp4"].map { bench.films + "/" + $0 })
            let made = try await bench.made
            #expect(made.map(\.print) == [2, 3])
            #expect(made.map(\.frames) == [500, 500])
            #expect(made.allSatisfy { $0.attempts == 1 && $0.bytes == ByteCount(4) })
        }
    }

    @Test func `makes the same one again where the print goes on`() async throws {
        try await Bench.with { bench in
            let workshop = try bench.workshop()
            _ = try await workshop.work()
            let began = bench.now
            try await bench.print("benchy", number: 1, began: began)
            bench.advance(.seconds(61))
            _ = try await workshop.work()
            bench.advance(.seconds(30_000))
            try await bench.print("benchy", number: 1, began: began)
            bench.advance(.seconds(61))
            _ = try await workshop.work()
            #expect(bench.replacements == [false, true])
            #expect(Set(bench.paths).count == 1)
            #expect(try await bench.made.count == 1)
        }
    }

    @Test func `tries again what failed, later each time, and says why`() async throws {
        try await Bench.with { bench in
            let workshop = try bench.workshop()
            _ = try await workshop.work()
            try await bench.print("benchy", number: 1)
            bench.advance(.seconds(60))
            bench.failure.withLock { $0 = .failed(reason: "ffmpeg is not there", hint: "Install it.") }
            let next = try await workshop.work()
            #expect(next == bench.now + .seconds(60))
            let waiting = try #require(try await bench.catalog.unfinishedTimelapses().first)
            #expect(waiting.reason == "ffmpeg is not there")
            #expect(waiting.hint == "Install it.")
            bench.advance(.seconds(59))
            _ = try await workshop.work()
            #expect(bench.paths.count == 1)
            bench.failure.withLock { $0 = nil }
            bench.advance(.seconds(1))
            _ = try await workshop.work()
            #expect(try await bench.made.map(\.reason) == [nil])
        }
    }

    @Test func `leaves what has no frames, and counts nothing against what was interrupted`() async throws {
        try await Bench.with { bench in
            let workshop = try bench.workshop()
            _ = try await workshop.work()
            try await bench.print("benchy", number: 1)
            bench.advance(.seconds(60))
            bench.failure.withLock { $0 = .interrupted }
            await #expect(throws: CancellationError.self) { try await workshop.work() }
            #expect(try await bench.catalog.unfinishedTimelapses().map(\.attempts) == [0])
            bench.failure.withLock { $0 = .nothing(reason: "no frame matches") }
            _ = try await workshop.work()
            let skipped = try await bench.catalog.timelapses([.skipped], limit: 9)
            #expect(skipped.map(\.reason) == ["no frame matches"])
        }
    }

    @Test func `takes nobody's name`() async throws {
        try await Bench.with { bench in
            let workshop = try bench.workshop()
            _ = try await workshop.work()
            try FileManager.default.createDirectory(atPath: bench.films, withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: URL(filePath: bench.films + "/benchy.mp4"))
            bench.failure.withLock { $0 = .failed(reason: "no", hint: nil) }
            try await bench.print("benchy", number: 1)
            bench.advance(.seconds(61))
            _ = try await workshop.work()
            // What waits keeps the name that it was to have.
            try await bench.print("benchy", number: 2)
            bench.failure.withLock { $0 = nil }
            bench.advance(.seconds(86_400))
            _ = try await workshop.work()
            #expect(
                Set(try await bench.made.flatMap(\.files).map(\.path))
                    == ["benchy (2).mp4", "benchy (3).mp4"].reduce(into: Set()) { $0.insert(bench.films + "/" + $1) })
            #expect(try String(contentsOfFile: bench.films + "/benchy.mp4", encoding: .utf8) == "mine")
        }
    }

    /// A second attempt replaces what stands under the names of the first one.
    @Test func `takes no name beside which somebody's picture would be the poster`() async throws {
        try await Bench.with { bench in
            let workshop = try bench.workshop { $0.options = [ExportSetting(name: "poster", value: "yes")] }
            _ = try await workshop.work()
            try FileManager.default.createDirectory(atPath: bench.films, withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: URL(filePath: bench.films + "/benchy.jpg"))
            try await bench.print("benchy", number: 1)
            bench.advance(.seconds(61))
            _ = try await workshop.work()
            #expect(bench.paths == [bench.films + "/benchy (2).mp4"])
        }
    }

    @Test func `removes what the rule keeps no longer, and nothing that was changed since`() async throws {
        try await Bench.with { bench in
            let workshop = try bench.workshop { $0.keeping = TimelapseKeeping(count: 2) }
            _ = try await workshop.work()
            for number in 1...4 {
                try await bench.print("part \(number)", number: Int64(number))
                bench.advance(.seconds(61))
                _ = try await workshop.work()
                if number == 2 { try Data("cut by me".utf8).write(to: URL(filePath: bench.films + "/part 2.mp4")) }
            }
            #expect(try await bench.made.map(\.print) == [3, 4])
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: bench.films).sorted() == [
                    "part 2.mp4", "part 3.mp4", "part 4.mp4",
                ])
            #expect(try await bench.catalog.timelapses([.removed], limit: 9).count == 2)
        }
    }

    @Test func `makes up, once, what was due while nobody was there, and goes on with what was cut`() async throws {
        try await Bench.with { bench in
            let workshop = try bench.workshop()
            _ = try await workshop.work()
            for number in 1...3 {
                try await bench.print("part \(number)", number: Int64(number))
                bench.advance(.seconds(86_400 * 20))
            }
            try await workshop.plan()
            var cut = try #require(try await bench.catalog.unfinishedTimelapses().first)
            cut.begin(as: [.init(path: bench.films + "/part 1.mp4")])
            try await bench.archive.update(cut)
            _ = try await workshop.work()
            #expect(try await bench.made.count == 3)
            #expect(bench.replacements == [false, false, true])
        }
    }
}
