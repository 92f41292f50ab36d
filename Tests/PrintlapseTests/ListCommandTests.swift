import Archive
import Catalog
import Foundation
import Simulator
import Storage
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `Lists of the program` {
    /// An archive of so many frames, a second apart, of which nobody has the pictures.
    private static func fill(_ bench: ProgramBench, frames: Int) async throws {
        try await FrameArchive.open(at: bench.archive).close()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "sqlite3", "-bail", bench.archive,
            """
            PRAGMA synchronous = OFF;
            BEGIN;
            INSERT INTO camera (id, name) VALUES (1, 'printer'), (2, 'Prusa MK4 (left, behind)');
            INSERT INTO picture (sha256, bytes, content_id, reference_count) VALUES (zeroblob(32), 100, 1, 0);
            INSERT INTO picture_content (id, sha256, jpeg) VALUES (1, zeroblob(32), x'00');
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < \(frames))
            INSERT INTO frame (id, camera_id, captured_at, last_seen_at, seen, width, height, bytes, sha256,
                perceptual_hash, source, brightness, sharpness, change, changed_percent)
            SELECT n, 1 + n % 2, 1800000000000 + n * 1000, 1800000000000 + n * 1000, 1, 1920, 1080, 100, zeroblob(32), n,
                'url', n % 256, n % 200, n % 300, n % 101 FROM number;
            COMMIT;
            """,
        ]
        try process.run()
        try await process.ended()
        #expect(process.terminationStatus == 0)
    }

    private struct Listed: Decodable {
        let id: Int
        let capturedAt: String
        let changedPercent: Int

        enum CodingKeys: String, CodingKey {
            case id
            case capturedAt = "captured_at"
            case changedPercent = "changed_percent"
        }
    }

    private func frames(_ result: Program.Result) throws -> [Listed] {
        #expect(result.status == 0, "\(result.messages)")
        return try JSONDecoder().decode([Listed].self, from: Data(result.output.utf8))
    }

    @Test func `are gone through page by page by the cursor that each page tells`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 50)
            var (met, arguments) = ([Int](), ["frames", "--json", "--order", "newest", "--limit", "20"])
            for _ in 0..<3 {
                let result = try await Program(
                    arguments, in: bench.folder, environment: ["PRINTLAPSE_ARCHIVE": bench.archive]
                ).result()
                met += try frames(result).map(\.id)
                guard let cursor = result.messages.split(separator: "--after ").last,
                    result.messages.contains("--after")
                else { break }
                arguments = arguments.prefix(6) + ["--after", cursor.trimmingCharacters(in: .newlines)]
            }
            #expect(met == Array((1...50).reversed()))
        }
    }

    @Test func `of rankings have 20 frames and a cursor that a script can write itself`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 300)
            let first = try frames(try await bench.run("frames", "--changed", "--json", "--quiet"))
            #expect(first.count == 20)
            let last = try #require(first.last)
            let next = try frames(
                try await bench.run(
                    "frames", "--changed", "--json", "--after", "\(last.changedPercent)/\(last.capturedAt)/\(last.id)"))
            let all = try frames(try await bench.run("frames", "--changed", "--json", "--limit", "300"))
            #expect((first + next).map(\.id) == all.prefix(40).map(\.id))
            #expect(all.count == 300)
        }
    }

    @Test(arguments: ["frames", "timeline", "prints", "stats", "exclude", "pin"])
    func `take a day of the calendar, and no other stretch beside it`(command: String) async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 3)
            let words = command.split(separator: " ").map(String.init)
            func run(_ more: String...) async throws -> Program.Result {
                try await bench.start(arguments: words + more).result()
            }
            let day = try await run("--day", "2027-01-15")
            #expect(day.status == 0, "\(day.messages)")
            let both = try await run("--day", "today", "--since", "2h")
            #expect(both.status == 64 && both.messages.contains("--day is a stretch of time of its own"))
            guard command == "frames" else { return }
            #expect(day.output.contains("2027-01-15"))
            #expect(try frames(try await run("--day", "2027-01-14", "--json")).isEmpty)
        }
    }

    @Test func `of one kind refuse what belongs to another`() async throws {
        try await ProgramBench.with { bench in
            for words in [
                "frames --changed --dark", "frames --near 1 --changed", "frames --at 14:05 --limit 3",
                "frames --at 14:05 --day today",
                "frames --after 1/2027-01-15T08:00:00.000Z/1", "frames --changed --after 2027-01-15T08:00:00.000Z/1",
                "frames --after yesterday", "frames --print newest", "exclude", "exclude 1 --print 2", "exclude 5-2",
                "pin 1 --since 2h", "note 1", "note 1 --text x --remove", "note 1 --text", "prints --state done",
            ] {
                let program = try Program(words.split(separator: " ").map(String.init), in: bench.folder)
                let result = try await program.result()
                #expect(result.status == 64, "\(words): \(result.messages)")
            }
        }
    }

    @Test func `tell what was shown at an instant, and how sure that is`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 10)
            let result = try await bench.run("frames", "--at", "2027-01-15T08:00:08.500Z", "--format", "ndjson")
            #expect(result.output.split(separator: "\n").count == 2)
            #expect(result.output.contains(#""id":8"#) && result.output.contains(#""id":7"#))
            #expect(result.messages.contains("printer was last seen like this at 2027-01-15 08:00:08"))
            let nothing = try await bench.run("frames", "--at", "2026-01-01")
            #expect(nothing.messages.contains("Nothing was captured by then."))
        }
    }

    @Test func `have the nearest frames with their distance`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 64)
            let result = try await bench.run("frames", "--near", "7", "--limit", "4", "--format", "csv")
            let rows = result.output.split(separator: "\r\n").map { $0.split(separator: ",") }
            #expect(rows.first?.last == "distance")
            #expect(rows.dropFirst().map { "\($0[0]) \($0.last ?? "")" } == ["3 1", "5 1", "6 1", "15 1"])
            #expect(result.messages.contains("--after 1/2027-01-15T08:00:15.000Z/15"))
            let unknown = try await bench.run("frames", "--near", "99")
            #expect(unknown.status == 1)
            #expect(unknown.messages.contains("there is no frame 99"))
        }
    }

    @Test func `stand in columns though wider rows come later`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: 1200)
            let lines = try await bench.run("frames").output.split(separator: "\n")
            #expect(lines.count == 1201)
            #expect(lines[0].hasPrefix(" ID  CAMERA "))
            #expect(lines[1].contains("  1  Prusa MK4 (left, behind)  2027-01-15 08:00:01  1920×1080"))
            #expect(lines[1000].hasPrefix("1000  printer "))
        }
    }

    /// A reader who takes his time: what the program has not got rid of yet, it must not be holding.
    @Test(arguments: [("table", 200_000), ("ndjson", 60_000), ("csv", 60_000), ("json", 60_000)])
    func `take no more memory for more rows`(format: String, rows: Int) async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench, frames: rows)
            let (process, output) = (Process(), Pipe())
            process.executableURL = Program.built("printlapse")
            process.arguments = ["frames", "--archive", bench.archive, "--format", format]
            process.standardOutput = output
            try process.run()
            var (lines, early) = (0, 0)
            while true {
                let piece = output.fileHandleForReading.readData(ofLength: 1 << 16)
                lines += piece.count(where: { $0 == UInt8(ascii: "\n") })
                if early == 0, lines > rows / 10 { early = try ProcessFigures(of: process.processIdentifier).peak }
                // Rows enough are left that it cannot be through: the pipe and its own buffer hold 128 KiB.
                if lines > rows - 5000 { break }
            }
            let late = try ProcessFigures(of: process.processIdentifier).peak
            process.terminate()
            try await process.ended()
            #expect(early > 0)
            #expect(late - early < 8 << 10, "\(early) KiB, then \(late) KiB")
        }
    }
}

@Suite(.timeLimit(.minutes(2))) struct `Marks by the program` {
    @Test func `are made beside a running capture, and keep frames out of exports`() async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        settings.speed = 100
        settings.warmUp = .zero
        settings.printDuration = .seconds(200_000)
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let capture = try bench.start("capture", "--endpoint-file", endpoint, "--interval", "100ms", "--verbose")
            try await wait(for: "five frames") {
                try capture.messagesSoFar().components(separatedBy: "stored frame").count >= 6
            }
            let excluded = try await bench.run("exclude", "1", "2-3", "--json")
            #expect(excluded.status == 0, "\(excluded.messages)")
            #expect(excluded.output.contains(#""changed" : 3"#))
            let pinned = try await bench.run("pin", "2")
            #expect(pinned.output == "1 frame is kept from being pruned, 1 of them newly.\n")
            let noted = try await bench.run("note", "4", "--text", "it lifts")
            #expect(noted.status == 0)
            #expect(try await bench.run("exclude", "3", "--undo").status == 0)
            let wrong = try await bench.run("pin", "999999")
            #expect(wrong.status == 1 && wrong.messages.contains("there is no frame 999999"))
            #expect(capture.isRunning)
            capture.signal(SIGTERM)
            #expect(try await capture.result().status == 0)

            #expect(
                try await bench.run("frames", "--excluded", "--format", "csv").output.split(separator: "\r\n").count
                    == 3)
            let table = try await bench.run("frames", "--pinned").output
            #expect(table.contains("excluded, pinned"))
            #expect(try await bench.run("frame", "4").output.contains("note       it lifts"))
            let export = try await bench.run("export", "frames/", "--limit", "2", "--json")
            #expect(export.status == 0, "\(export.messages)")
            let manifest = try String(contentsOf: bench.folder.appending(path: "frames/manifest.json"), encoding: .utf8)
            #expect(!manifest.contains(#""id" : 1,"#) && !manifest.contains(#""id" : 2,"#))
            #expect(export.output.contains(#""frames" : 2"#))
        }
        await tunnel.stop()
    }

    @Test func `are put on the newest print`() async throws {
        try await ProgramBench.with { bench in
            let archive = try await FrameArchive.open(at: bench.archive)
            let camera = try CameraName("printer")
            for number in 1...2 {
                try await archive.record(
                    PrintJob(number: Int64(number), startedAt: Timestamp(seconds: number), toldBy: .url), camera: camera
                )
            }
            try await archive.close()
            let pinned = try await bench.run("pin", "--print", "latest")
            #expect(pinned.output == "Print 2: 0 frames are kept from being pruned, 0 of them newly.\n")
            let noted = try await bench.run("note", "--print", "latest", "--camera", "printer", "--text", "0.6 mm")
            #expect(noted.output == "Print 2 is noted.\n")
            let prints = try await bench.run("prints").output
            #expect(prints.contains("printing, pinned, noted"))
            let unknown = try await bench.run("exclude", "--print", "3")
            #expect(unknown.status == 1 && unknown.messages.contains("there is no print 3"))
            let none = try await bench.run("frames", "--print", "latest", "--camera", "nobody")
            #expect(none.status == 1 && none.messages.contains("there is no camera “nobody”"))
        }
    }
}
