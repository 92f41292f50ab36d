import Archive
import Formats
import Foundation
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Import

@Suite struct `Importing pictures` {
    private let bench: ImportBench

    init() throws { bench = try ImportBench() }

    @Test func `files them by the time in their names, in that order, under one camera`() async throws {
        for (number, name) in ["14-05-30", "14-05-10", "14-05-20"].enumerated() {
            try bench.write(ImportBench.picture(number).bytes, to: "cam/2026-11-23/\(name).jpg")
        }
        try bench.write([1], to: "cam/2026-11-23/14-05-10.mp4")
        let report = try await bench.run("cam")
        #expect(report.stored == 3)
        #expect(report.otherFiles == 1)
        #expect(report.times == [.nameLocal: 3])
        let frames = try await bench.frames()
        #expect(frames.map(\.capturedAt) == [.start, .start + .seconds(10), .start + .seconds(20)])
        #expect(frames.allSatisfy { $0.camera == .printer && $0.source == .imported && $0.print == nil })
        #expect(frames.map(\.change) == [nil, 0, 0])
    }

    @Test func `of OctoPrint and moonraker-timelapse goes by the files' dates and their numbers`() async throws {
        for number in [2, 10, 1] {
            let name = "tmp/benchy_20261123140000-\(number).jpg"
            try bench.write(ImportBench.picture(number).bytes, to: name, date: .start)
            let date = Timestamp.start + .seconds(number)
            try bench.write(ImportBench.picture(number + 20).bytes, to: "mr/frame0000\(10 + number).jpg", date: date)
        }
        let report = try await bench.run("tmp", "mr")
        #expect(report.times == [.fileDate: 6])
        let frames = try await bench.frames()
        #expect(frames.map { ($0.capturedAt - .start).milliseconds } == [0, 1, 2, 1000, 2000, 10_000])
    }

    @Test func `takes Exif's time before the file's`() async throws {
        let exif = ExifBuilder(exif: [(.dateTimeOriginal, "2026:11:23 14:05:10"), (.offsetTimeOriginal, "+00:00")])
        try bench.write(
            ImportBench.picture(1).inserting(0xE1, exif.bytes).bytes, to: "a/DSC_0001.JPG", date: .start + .seconds(99))
        #expect(try await bench.run("a/DSC_0001.JPG").times == [.exif: 1])
        #expect(try await bench.frames().map(\.capturedAt) == [.start])
    }

    @Test func `takes a time that a whole folder shares for that of the series`() async throws {
        for number in 0..<40 {
            let date = Timestamp.start + .seconds(number)
            try bench.write(
                ImportBench.picture(number).bytes, to: "s/print 2026-11-23 10-00-00 \(number).jpg", date: date)
        }
        #expect(try await bench.run("s").times == [.fileDate: 40])
        #expect(try await bench.frames().last?.capturedAt == .start + .seconds(39))
    }

    @Test func `out of ZIPs, by the dates within, and never by their paths on disk`() async throws {
        var zip = ZipBuilder()
        for number in 0..<4 {
            zip.entries.append(
                ZipBuilder.Entry(
                    name: "../../frame00000\(number).jpg", content: ImportBench.picture(number).bytes,
                    method: number.isMultiple(of: 2) ? 8 : 0, extra: number < 2 ? [] : ZipBuilder.utc(1_795_442_720)))
        }
        try bench.write(zip.bytes, to: "out/timelapse_benchy_20261123_1405_frames.zip")
        let report = try await bench.run("out")
        #expect(report.times == [.fileDateLocal: 2, .fileDate: 2])
        #expect(try await bench.frames().map { ($0.capturedAt - .start).milliseconds } == [0, 1, 10_000, 10_001])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: bench.folder.url.path).contains("frame000000.jpg")
                == false)
    }

    @Test func `by the manifest of our own exports, each under its camera`() async throws {
        let manifest = """
            {"format": "printlapse-export", "version": 1, "selection": {}, "frames": [
            {"file": "a.jpg", "camera": "other", "captured_at": "2026-11-23T14:05:10.250Z", "id": 7},
            {"file": "b.jpg", "camera": "printer", "captured_at": "2026-11-23T14:05:11.000Z", "id": 8}], "skipped": []}
            """
        try bench.write(Array(manifest.utf8), to: "export/manifest.json")
        for (number, name) in ["a", "b"].enumerated() {
            try bench.write(ImportBench.picture(number).bytes, to: "export/\(name).jpg")
        }
        let report = try await bench.run("export")
        #expect(report.times == [.manifest: 2])
        #expect(report.cameras == [.printer, .other])
        #expect(try await bench.frames().map(\.capturedAt.milliseconds) == [1_795_442_710_250, 1_795_442_711_000])
    }

    @Test func `adds nothing the second time, and completes what was cut short`() async throws {
        for number in 0..<30 {
            // Every third shows what the one before it shows.
            let picture = ImportBench.picture(number - (number % 3 == 2 ? 1 : 0)).bytes
            for folder in number < 11 ? ["a", "half"] : ["a"] {
                try bench.write(picture, to: "\(folder)/frame\(number).jpg", date: .start + .seconds(number))
            }
        }
        let half = try await bench.run("half")
        #expect(half.stored + half.repeated == 11)
        let rest = try await bench.run("a")
        #expect((rest.stored + half.stored, rest.repeated + half.repeated, rest.known) == (20, 10, 11))
        let frames = try await bench.frames()
        #expect(frames.map(\.seen).reduce(0, +) == 30)
        let again = try await bench.run("a")
        #expect((again.stored, again.repeated, again.known) == (0, 0, 30))
        #expect(try await bench.frames() == frames)
    }

    @Test func `has nothing on its way any more when it is ended`() async throws {
        for number in 0..<200 {
            try bench.write(
                ImportBench.picture(number).bytes, to: "a/frame\(number).jpg", date: .start + .seconds(number))
        }
        let archive = try await FrameArchive.open(at: bench.archivePath, role: .care)
        await #expect(throws: CancellationError.self) {
            try await FrameImporter(into: archive, settings: .utc).run([try ImportSource(at: bench.path("a"))]) {
                if $0.done == 40 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        let commits = archive.commits
        try await archive.close()
        // Closing is one.
        #expect(archive.commits == commits + 1)
        let half = try await bench.frames().count
        #expect((1..<200).contains(half))
        let rest = try await bench.run("a")
        #expect((rest.known, rest.stored) == (half, 200 - half))
    }

    @Test func `between frames that are there compares with the one before in time`() async throws {
        for number in [0, 1, 2] {
            try bench.write(
                ImportBench.picture(number).bytes, to: "a/frame\(number).jpg", date: .start + .seconds(10 * number))
        }
        try bench.write(ImportBench.picture(1).bytes, to: "b/x1.jpg", date: .start + .seconds(15))
        try bench.write(ImportBench.picture(1).bytes, to: "b/x2.jpg", date: .start + .seconds(25))
        try await bench.run("a")
        let report = try await bench.run("b")
        #expect((report.stored, report.repeated) == (1, 1))
        let frames = try await bench.frames()
        #expect(frames.map { ($0.capturedAt - .start).milliseconds / 1000 } == [0, 10, 20, 25])
        #expect(frames.map(\.seen) == [1, 2, 1, 1])
    }

    @Test func `refuses what is no sound picture or has no time, by name, and takes the rest`() async throws {
        try bench.write(ImportBench.picture(1).bytes, to: "a/2026-11-23_14-05-10.jpg")
        try bench.write(ImportBench.picture(2).cut(to: 500).bytes, to: "a/2026-11-23_14-05-20.jpg")
        try bench.write(Array("<html>".utf8), to: "a/2026-11-23_14-05-30.jpg")
        try bench.write(ImportBench.picture(3).bytes, to: "a/2090-11-23_14-05-30.jpg")
        try bench.write(Array("PK".utf8), to: "a/half.zip")
        var zip = ZipBuilder(entries: [ZipBuilder.Entry(name: "x.jpg", content: ImportBench.picture(4).bytes)])
        (zip.entries[0].date, zip.entries[0].time) = (0, 0)
        try bench.write(zip.bytes, to: "a/undated.zip")
        let report = try await bench.run("a")
        #expect(report.stored == 1)
        #expect(Set(report.refused.map(\.label)) == ["truncated", "not_jpeg", "future", "zip_truncated", "no_time"])
        #expect(report.refused.allSatisfy { $0.path.hasPrefix(bench.path("a")) && !$0.reason.isEmpty })
        #expect(try await bench.frames().count == 1)
    }

    @Test func `as a dry run tells the same and changes nothing`() async throws {
        for number in 0..<6 {
            try bench.write(
                ImportBench.picture(number / 2).bytes, to: "a/frame\(number).jpg", date: .start + .seconds(number))
        }
        var settings = ImportSettings.utc
        settings.isDryRun = true
        let sources = [try ImportSource(at: bench.path("a"))]
        let dry = try await FrameImporter(into: nil, settings: settings).run(sources)
        #expect(!FileManager.default.fileExists(atPath: bench.archivePath))
        let wet = try await bench.run("a")
        #expect(
            (dry.stored, dry.repeated, dry.bytesStored, dry.times) == (
                wet.stored, wet.repeated, wet.bytesStored, wet.times
            ))
        let again = try await bench.run("a", settings: settings)
        #expect((again.stored, again.repeated, again.known) == (0, 0, 6))
    }

    @Test func `works beside a running capture, one import at a time`() async throws {
        try bench.write(ImportBench.picture(1).bytes, to: "a/frame1.jpg", date: .start)
        let capture = try await FrameArchive.open(at: bench.archivePath)
        #expect(try await bench.run("a").stored == 1)
        let care = try await FrameArchive.open(at: bench.archivePath, role: .care)
        let error = await #expect(throws: ArchiveError.self) { try await bench.run("a") }
        #expect(error?.label == "in_use")
        try await care.close()
        try await capture.close()
    }

    @Test func `leaves links, previews and hidden files alone, and follows no circle`() async throws {
        try bench.write(ImportBench.picture(1).bytes, to: "a/01-20261123140510-00.jpg")
        try bench.write(ImportBench.picture(2).bytes, to: "a/movie.thumb.jpg")
        try bench.write(ImportBench.picture(3).bytes, to: "a/._01-20261123140510-00.jpg")
        try FileManager.default.createSymbolicLink(
            atPath: bench.path("a/lastsnap.jpg"), withDestinationPath: bench.path("a/01-20261123140510-00.jpg"))
        try FileManager.default.createSymbolicLink(atPath: bench.path("a/loop"), withDestinationPath: bench.path("a"))
        let report = try await bench.run("a")
        #expect((report.found, report.otherFiles) == (1, 3))
    }

    @Test func `says where copying seems to have dated the files`() async throws {
        for number in 0..<30 {
            try bench.write(
                ImportBench.picture(number).bytes, to: "a/frame\(number).jpg", date: .start + .milliseconds(number * 3))
        }
        #expect(try await bench.run("a").copiedDates == [bench.path("a")])
    }

    @Test func `refuses a source that is nothing of the kind`() throws {
        try bench.write(Array("text".utf8), to: "notes.txt")
        #expect(throws: ImportError.unknownKind(path: bench.path("notes.txt"))) {
            try ImportSource(at: bench.path("notes.txt"))
        }
        let error = #expect(throws: ImportError.self) { try ImportSource(at: bench.path("nowhere")) }
        #expect(error?.label == "unreadable")
    }
}
