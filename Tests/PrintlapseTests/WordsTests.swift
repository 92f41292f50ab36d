import Archive
import Foundation
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import printlapse

@Suite(.timeLimit(.minutes(3))) struct `What a person is told` {
    /// An archive of one camera, with a frame of 2027-01-15 08:00 UTC and a hole behind it.
    private static func fill(_ bench: ProgramBench) async throws {
        try await FrameArchive.open(at: bench.archive).close()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "sqlite3", "-bail", bench.archive,
            """
            BEGIN;
            INSERT INTO camera (id, name) VALUES (1, 'printer');
            INSERT INTO picture (sha256, bytes, content_id, reference_count) VALUES (zeroblob(32), 100, 1, 0);
            INSERT INTO picture_content (id, sha256, jpeg) VALUES (1, zeroblob(32), x'00');
            INSERT INTO frame (id, camera_id, captured_at, last_seen_at, seen, width, height, bytes, sha256,
                perceptual_hash, source) VALUES (1, 1, 1800000000000, 1800000000000, 1, 1920, 1080, 100, zeroblob(32), 1, 'url');
            INSERT INTO ledger_run (camera_id, outcome, detail, from_at, slots, interval_ms, bytes)
            VALUES (1, 'missed', 'not_running', 1800000010000, 6, 10000, 0);
            COMMIT;
            """,
        ]
        try process.run()
        try await process.ended()
        #expect(process.terminationStatus == 0)
    }

    @Test(arguments: ["frames", "prints", "timeline", "stats", "export x.mp4", "export --plan x.mp4", "exclude"])
    func `of a camera that was never captured is which ones there are`(command: String) async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench)
            let words = command.split(separator: " ").map(String.init) + ["--camera", "pritner"]
            let result = try await Program(
                words, in: bench.folder, environment: ["PRINTLAPSE_ARCHIVE": bench.archive]
            ).result()
            #expect(result.status == 1)
            #expect(result.messages.contains("there is no camera “pritner”"))
            #expect(result.messages.contains("Was “printer” meant? There is only printer."))
            #expect(result.output.isEmpty)
        }
    }

    @Test(arguments: [
        (["stauts"], "Was “printlapse status” meant?"), (["cameras", "ad"], "Was “printlapse cameras add” meant?"),
        (["xyzzy"], "“printlapse --help” lists them."), (["config", "xyzzy"], "There is: check."),
    ])
    func `of a command that there is not is the one that may be meant`(words: [String], hint: String) async throws {
        try await ProgramBench.with { bench in
            let result = try await Program(words, in: bench.folder).result()
            #expect(result.status == 64)
            #expect(result.messages.contains("there is no command “printlapse \(words.joined(separator: " "))”"))
            #expect(result.messages.contains(hint))
        }
    }

    @Test func `to run next is about the archive that was named`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench)
            let path = bench.folder.appending(path: "my archive.sqlite").path
            try FileManager.default.moveItem(atPath: bench.archive, toPath: path)
            let result = try await bench.run("frame", "9999", "--archive", path)
            #expect(result.status == 1)
            #expect(result.messages.contains("“printlapse frames --archive '\(path)'” lists them."))
            let plain = try await bench.run("frame", "9999")
            #expect(!plain.messages.contains("--archive '"))
        }
    }

    @Test func `without a word is one screen`() async throws {
        try await ProgramBench.with { bench in
            let result = try await bench.run()
            #expect(result.status == 0)
            let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 24)
            #expect(lines.allSatisfy { $0.count <= 80 })
            #expect(result.output.contains("authorize cameras capture"))
        }
    }

    @Test func `in tables is local time, and in data UTC`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench)
            let zone = ["TZ": "Pacific/Kiritimati"]
            let hours = try await bench.run("stats", "--by", "hour", environment: zone)
            #expect(hours.output.contains("2027-01-15 22:00 "))
            let data = try await bench.run("stats", "--by", "hour", "--format", "csv", environment: zone)
            #expect(data.output.contains("2027-01-15T08:00:00.000Z,1,100"))
            let day = try await bench.run("stats", "--by", "day", environment: ["TZ": "Pacific/Midway"])
            #expect(day.output.contains("2027-01-14 "))
            let totals = try await bench.run("stats", environment: ["TZ": "Pacific/Midway"])
            #expect(totals.output.contains("2027-01-14 "))
        }
    }

    @Test func `of a hole is its reason in words`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench)
            let table = try await bench.run("timeline")
            #expect(table.output.contains("missed: the program was not running"))
            let data = try await bench.run("timeline", "--format", "csv")
            #expect(data.output.contains(",not_running,"))
        }
    }

    @Test func `of a configuration that is not there is that none is needed`() async throws {
        try await ProgramBench.with { bench in
            let result = try await bench.run("config", "check")
            #expect(result.status == 0)
            #expect(result.output.contains("none is needed"))
            let named = try await bench.run("config", "check", "--config", "missing.yaml")
            #expect(named.status == 78)
        }
    }

    @Test func `of an address with another scheme is that the command is wrong`() async throws {
        try await ProgramBench.with { bench in
            let result = try await bench.run("capture", "--url", "ftp://camera/", "--once")
            #expect(result.status == 64)
        }
    }

    @Test func `is broken between words, and indented as it was`() {
        let text =
            "printlapse: a sentence that is too long.\n  A hint of some length, with /a/path/that/is/longer/than/it"
        #expect(
            text.fitted(to: 24) == """
                printlapse: a sentence
                that is too long.
                  A hint of some length,
                  with
                  /a/path/that/is/longer/than/it
                """)
    }

    @Test func `has no label in it`() {
        for detail in ["not_running", "not_jpeg", "low_space", "picture_not_found", "a_label_to_come"] {
            #expect(!SlotOutcome.noPicture.phrase(because: SlotReason(label: detail)).contains("_"))
        }
    }

    @Test func `when completing a line is which cameras and prints there are`() async throws {
        try await ProgramBench.with { bench in
            try await Self.fill(bench)
            // As the scripts for the shells ask.
            let cameras = try await bench.run(
                "---completion", "export", "--", "--camera", "4", "0", "printlapse", "export", "x.mp4", "--camera", "")
            #expect(cameras.status == 0)
            #expect(cameras.output.contains("printer"))
            #expect(cameras.messages.isEmpty)
            let prints = try await bench.run(
                "---completion", "export", "--", "--print", "4", "0", "printlapse", "export", "x.mp4", "--print", "")
            #expect(prints.output.contains("latest"))
        }
    }

    @Test(arguments: ["config check", "import in --dry-run"])
    func `in a terminal is broken between words`(command: String) async throws {
        try await ProgramBench.with { bench in
            let folder = bench.folder.appending(path: "in")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(TestJPEG.picture(width: 64, height: 48).bytes).write(to: folder.appending(path: "1031235930.jpg"))
            let told = try await Program(
                command.split(separator: " ").map(String.init),
                tracedBy: ["sh", "-c", #"exec script -qec "stty cols 80; '$0' $*" /dev/null"#], in: bench.folder,
                environment: ["PRINTLAPSE_ARCHIVE": bench.archive]
            ).result()
            #expect(told.status == 0)
            let lines = told.output.split(whereSeparator: \.isNewline)
            #expect(lines.count > 1)
            // A path is not broken.
            #expect(lines.allSatisfy { $0.count <= 80 || $0.contains("/") && !$0.contains(". ") }, "\(told.output)")
            #expect(
                told.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
                    command.hasPrefix("config") ? "shows what one can say." : "taken for the latest that can be"))
        }
    }

    @Test func `of pictures that were refused alone is no time`() async throws {
        try await ProgramBench.with { bench in
            _ = try bench.file("1031235930.jpg", "no picture")
            let result = try await bench.run("import", "1031235930.jpg")
            #expect(result.status == 1)
            #expect(result.output.contains("1 refused"))
            #expect(!result.output.contains("Taken:") && !result.output.contains("Doubtful:"))
        }
    }

    @Test func `of pictures with detection boxes is how many were left out, unless that was asked for`() async throws {
        try await ProgramBench.with { bench in
            let folder = bench.folder.appending(path: "in")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for second in 0..<2 {
                let picture = TestJPEG.picture(width: 64, height: 48).inserting(0xFE, [UInt8(second)])
                try Data(picture.bytes).write(to: folder.appending(path: "2026-11-23_14-05-1\(second).jpg"))
            }
            #expect(try await bench.run("import", "in").status == 0)
            let tagging = Process()
            tagging.executableURL = URL(filePath: "/usr/bin/env")
            tagging.arguments = [
                "sqlite3", "-bail", bench.archive,
                "UPDATE frame SET variant = CASE id WHEN 1 THEN 'raw' ELSE 'tagged' END;",
            ]
            try tagging.run()
            try await tagging.ended()
            #expect(tagging.terminationStatus == 0)
            let told = try await bench.run("export", "x.jpg")
            #expect(told.output.hasPrefix("x.jpg: 1 frame"))
            #expect(told.messages.contains("1 frame with detection boxes left out"))
            #expect(try await !bench.run("export", "y.jpg", "--no-tagged").messages.contains("left out"))
            #expect(try await bench.run("export", "z.jpg", "--quiet").messages.isEmpty)
            // Stored pictures are all wanted, whatever is near.
            let stored = try await bench.run("export", "x.zip")
            #expect(stored.output.hasPrefix("x.zip: 2 frames"))
            #expect(stored.messages.contains("1 frame shows detection boxes; --no-tagged"))
        }
    }
}
