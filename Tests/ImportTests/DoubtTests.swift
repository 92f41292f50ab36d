import Archive
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Import

@Suite struct `What tells when a picture was taken` {
    private let bench: ImportBench

    init() throws { bench = try ImportBench() }

    private func instant(_ text: String) throws -> Timestamp {
        try Timestamp(parsing: text, now: .init(milliseconds: 0), timeZone: .gmt)
    }

    private func write(_ names: [String], in folder: String = "a", dates: [Timestamp?] = []) throws {
        for (number, name) in names.enumerated() {
            try bench.write(
                ImportBench.picture(number).bytes, to: "\(folder)/\(name).jpg",
                date: number < dates.count ? dates[number] : .start + .milliseconds(number))
        }
    }

    private func taken() async throws -> [String] {
        try await bench.frames().map { String($0.capturedAt.description.prefix(19)) }
    }

    /// As `libcamera-still --datetime` names them.
    private static let yearless = ["1031235930", "1031235940", "1031235950", "1101000000", "1101000010"]

    @Test func `by a name without a year is in the year of the files' dates`() async throws {
        let dates = try ["10-31T23:59:30", "10-31T23:59:40", "10-31T23:59:50", "11-01T00:00:00", "11-01T00:00:10"]
            .map { try instant("2025-\($0)") }
        try write(Self.yearless, dates: dates)
        let report = try await bench.run("a")
        #expect(report.times == [.nameLocal: 5])
        #expect(report.doubtful == [])
        #expect(try await taken().first == "2025-10-31T23:59:30")
        #expect(try await taken().last == "2025-11-01T00:00:10")
    }

    @Test func `by a name without a year is the latest that can be where nothing tells it, and doubtful`() async throws
    {
        try write(Self.yearless, dates: Array(repeating: try instant("2026-02-01T12:00:00"), count: 5))
        let report = try await bench.run("a")
        #expect(report.doubtful.map(\.doubt) == Array(repeating: .yearAssumed, count: 5))
        #expect(report.doubtful.first?.path == bench.path("a/1031235930.jpg"))
        #expect(try await taken().first == "2025-10-31T23:59:30")
    }

    @Test func `by a name without a year is in the year of its folder or of a picture beside it`() async throws {
        try write(Array(Self.yearless.prefix(2)), in: "2024/10")
        try write(
            ["1231235950", "0101000000"], in: "b", dates: [try instant("2023-12-31T23:59:50"), nil])
        let report = try await bench.run("2024", "b")
        #expect(report.doubtful == [])
        let expected = ["2023-12-31T23:59:50", "2024-01-01T00:00:00", "2024-10-31T23:59:30", "2024-10-31T23:59:40"]
        #expect(try await taken() == expected)
    }

    @Test func `by a name of ten digits is seconds since 1970 where the file's date says so`() async throws {
        // Both could be: 31 October, and 5 September 2002.
        try write(["1031235930"], dates: [Timestamp(seconds: 1_031_235_930)])
        #expect(try await bench.run("a").doubtful == [])
        #expect(try await taken() == ["2002-09-05T14:25:30"])
    }

    @Test func `by its name alone is doubtful, and borne out by its neighbours is not`() async throws {
        let copied = try instant("2026-11-27T10:00:00")
        try write(["2026-05-01_10-00-00"], in: "one", dates: [copied])
        try write(
            ["2026-06-01_10-00-00", "2026-06-01_10-00-10"], in: "two", dates: [copied, copied])
        let report = try await bench.run("one", "two")
        #expect(report.doubtful.map(\.doubt) == [.nameAlone])
        #expect(report.doubtful.map(\.path) == [bench.path("one/2026-05-01_10-00-00.jpg")])
        // The file's date bears it out, in whatever time zone.
        try write(["2026-05-02_10-00-00"], in: "three", dates: [try instant("2026-05-02T02:00:03")])
        #expect(try await bench.run("three").doubtful == [])
    }

    @Test(arguments: [2, 5, 40])
    func `is not what a whole series says, however short that is`(count: Int) async throws {
        let names = (0..<count).map { "print 2026-11-20 10-00-00 \($0)" }
        try write(names, dates: (0..<count).map { .start + .seconds(10 * $0) })
        #expect(try await bench.run("a").times == [.fileDate: count])
        #expect(try await bench.frames().last?.capturedAt == .start + .seconds(10 * (count - 1)))
    }

    @Test func `is what the stamps say that pictures of one second share`() async throws {
        // motion: three pictures a second.
        let names = (0..<9).map { "01-2026112314051\($0 / 3)-0\($0 % 3)" }
        try write(names, dates: (0..<9).map { .start + .milliseconds(333 * $0) })
        let report = try await bench.run("a")
        #expect(report.times == [.nameLocal: 9])
        #expect(report.doubtful == [])
        #expect(
            try await bench.frames().map { ($0.capturedAt - .start).milliseconds } == [
                0, 1, 2, 1000, 1001, 1002, 2000, 2001, 2002,
            ])
    }

    @Test func `by dates that a copy or a packer gave is doubtful`() async throws {
        try write((0..<5).map { "frame\($0)" }, dates: Array(repeating: .start, count: 5))
        var zip = ZipBuilder()
        for number in 10..<15 {
            zip.entries.append(
                ZipBuilder.Entry(name: "x/frame\(number).jpg", content: ImportBench.picture(number).bytes))
        }
        try bench.write(zip.bytes, to: "b/frames.zip")
        let report = try await bench.run("a", "b")
        #expect(report.doubtful.count == 10)
        #expect(report.doubtful.allSatisfy { $0.doubt == .copiedDate })
        #expect(report.copiedDates == [bench.path("a"), bench.path("b/frames.zip") + "!x"])
    }

    @Test func `by a clock that was not set is doubtful`() async throws {
        try write(
            ["frame1", "frame2"], dates: [try instant("1970-01-02T10:00:00"), try instant("1980-01-01T00:00:00")])
        let report = try await bench.run("a")
        #expect(report.stored == 2)
        #expect(report.doubtful.map(\.doubt) == [.unsetClock, .unsetClock])
    }

    @Test func `is never thousands of years from now`() async throws {
        try write(["frame1"])
        for seconds in [9_300_000_000_000_000, Int64.max, .min, -1] {
            var status = stat()
            status.st_mtim.tv_sec = Int(seconds)
            status.st_mtim.tv_nsec = 999_999_999
            #expect(!status.modifiedAt.isPlausible)
        }
        var times = [timespec(), timespec()]
        times[1].tv_sec = 15_032_385_535  // as far as ext4 goes: the year 2446
        #expect(utimensat(AT_FDCWD, bench.path("a/frame1.jpg"), &times, 0) == 0)
        #expect(try await bench.run("a").refused.map(\.label) == ["no_time"])
    }

    @Test func `is what whoever imports says`() async throws {
        try write(["frame1", "frame2", "frame10"], dates: Array(repeating: .start, count: 3))
        var settings = ImportSettings.utc
        (settings.start, settings.every) = (try instant("2026-03-01T08:00:00"), .seconds(30))
        let report = try await bench.run("a", settings: settings)
        #expect(report.times == [.given: 3])
        #expect(report.doubtful == [])
        #expect(try await taken() == ["2026-03-01T08:00:00", "2026-03-01T08:00:30", "2026-03-01T08:01:00"])
    }

    @Test func `moves with the first picture's where that alone is given`() async throws {
        try write(
            ["frame1", "frame2"], dates: [try instant("1970-01-02T10:00:00"), try instant("1970-01-02T10:07:00")])
        var settings = ImportSettings.utc
        settings.start = try instant("2026-03-01T08:00:00")
        #expect(try await bench.run("a", settings: settings).doubtful == [])
        #expect(try await taken() == ["2026-03-01T08:00:00", "2026-03-01T08:07:00"])
    }

    @Test func `goes on in the hour that is repeated in autumn, in the order of names`() async throws {
        let names = ["001-20261025-025940", "002-20261025-025950", "003-20261025-020000", "004-20261025-020010"]
        try write(names, dates: Array(repeating: try instant("2026-11-27T10:00:00"), count: 4))
        let settings = ImportSettings(timeZone: try #require(TimeZone(identifier: "Europe/Berlin")))
        _ = try await bench.run("a", settings: settings)
        let expected = ["2026-10-25T00:59:40", "2026-10-25T00:59:50", "2026-10-25T01:00:00", "2026-10-25T01:00:10"]
        #expect(try await taken() == expected)
    }
}
