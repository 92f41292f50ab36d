import Archive
import Foundation
import Storage
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `The timeline and the totals of the program` {
    /// Slots of a minute each: 3 offline, 60 that repeat nothing, 20 near the cap, 2 rejected; and 50 frames, one an hour.
    private func fill(_ bench: ProgramBench) async throws {
        let archive = try await FrameArchive.open(at: bench.archive)
        let camera = try CameraName("printer")
        let runs: [(SlotOutcome, String?, Range<Int>)] = [
            (.offline, "no agent", 0..<3), (.unchanged, nil, 3..<63), (.cap, nil, 63..<83),
            (.rejected, "truncated", 83..<85),
        ]
        for (outcome, detail, slots) in runs {
            for number in slots {
                let slot = Slot(due: Timestamp(seconds: 1_800_000_000 + 60 * number), interval: .seconds(60))
                try await archive.record(
                    outcome, detail: detail.map(SlotReason.init(label:)), for: slot, camera: camera, received: .zero,
                    seen: nil)
            }
        }
        try await archive.close()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "sqlite3", "-bail", bench.archive,
            """
            INSERT INTO picture (sha256, bytes, content_id, reference_count) VALUES (zeroblob(32), 100, 1, 0);
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 50)
            INSERT INTO frame (id, camera_id, captured_at, last_seen_at, seen, width, height, bytes, sha256,
                perceptual_hash, source)
            SELECT n, 1, 1800000000000 + n * 3600000, 1800000000000 + n * 3600000, 1, 64, 48, 100, zeroblob(32), n, 'url'
            FROM number;
            """,
        ]
        try process.run()
        try await process.ended()
        #expect(process.terminationStatus == 0)
    }

    private struct Run: Decodable, Equatable {
        let outcome: String
        let slots: Int
        let removed: Int
    }

    private func outcomes(_ json: String) throws -> [String] {
        try JSONDecoder().decode([Run].self, from: Data(json.utf8)).map(\.outcome)
    }

    @Test func `tell of holes, how many and how long`() async throws {
        try await ProgramBench.with { bench in
            try await fill(bench)
            let gaps = try await bench.run("timeline", "--gaps", "--json")
            #expect(try outcomes(gaps.output) == ["offline", "cap", "rejected"])
            #expect(gaps.messages == "3 holes, 25m in all; the longest 20m: cap\n")
            let one = try await bench.run("timeline", "--gaps", "--outcome", "rejected")
            #expect(one.messages == "1 hole, 2m: rejected: cut short\n")
            let none = try await bench.run("timeline", "--gaps", "--since", "2028-01-01")
            #expect(none.output + none.messages == "No holes.\n")
            let quiet = try await bench.run("timeline", "--gaps", "--quiet", "--format", "csv")
            #expect(quiet.messages.isEmpty)
            #expect(quiet.output.hasPrefix("camera,outcome,detail,from,until,slots,bytes,frame,removed\r\n"))
        }
    }

    @Test func `go on where the page before ended`() async throws {
        try await ProgramBench.with { bench in
            try await fill(bench)
            var (met, after) = ([String](), [String]())
            while true {
                let page = try await Program(
                    ["timeline", "--order", "newest", "--limit", "3", "--json"] + after, in: bench.folder,
                    environment: ["PRINTLAPSE_ARCHIVE": bench.archive]
                ).result()
                met += try outcomes(page.output)
                guard let place = page.messages.split(separator: "'").dropFirst().first else { break }
                after = ["--after", String(place)]
            }
            #expect(met == ["rejected", "cap", "unchanged", "offline"])
            let newest = try await bench.run("timeline", "--limit", "2", "--json")
            #expect(try outcomes(newest.output) == ["cap", "rejected"])
            #expect(newest.messages.contains("--order newest --after"))
            let wrong = try await bench.run("timeline", "--after", "somewhere")
            #expect(wrong.status == 64)
            let unknown = try await bench.run("timeline", "--outcome", "lost")
            #expect(unknown.status == 64)
        }
    }

    @Test func `are listed by day, hour, camera and print`() async throws {
        try await ProgramBench.with { bench in
            try await fill(bench)
            let days = try await bench.run("stats", "--by", "day", "--format", "csv")
            #expect(
                days.output
                    == "day,frames,bytes\r\n2027-01-15,15,1500\r\n2027-01-16,24,2400\r\n2027-01-17,11,1100\r\n")
            let hours = try await bench.run("stats", "--by", "hour", "--format", "ndjson")
            #expect(hours.output.split(separator: "\n").count == 50)
            #expect(hours.output.hasPrefix(#"{"bytes":100,"frames":1,"hour":"2027-01-15T09:00:00.000Z"}"#))
            let cameras = try await bench.run("stats", "--by", "camera", "--json")
            #expect(cameras.output.contains(#"{"bytes":5000,"camera":"printer","frames":50}"#))
            let prints = try await bench.run("stats", "--by", "print")
            #expect(prints.messages == "No frames.\n")
            #expect(try await bench.run("stats", "--format", "csv").status == 64)
            let text = try await bench.run("stats")
            #expect(text.output.hasPrefix("Frames     50, 5.00 kB of pictures\n"))
        }
    }

    @Test func `are drawn in a terminal of 80 columns`() async throws {
        try await ProgramBench.with { bench in
            try await fill(bench)
            for (command, sign) in [
                ("timeline", "░"), ("timeline --gaps", "·"), ("stats", "██"), ("stats --by hour", "██"),
            ] {
                let drawn = try await Program(
                    command.split(separator: " ").map(String.init),
                    tracedBy: ["sh", "-c", #"exec script -qec "stty cols 80; '$0' $*" /dev/null"#], in: bench.folder,
                    environment: ["PRINTLAPSE_ARCHIVE": bench.archive]
                ).result()
                #expect(drawn.status == 0)
                let lines = drawn.output.split(whereSeparator: \.isNewline)
                #expect(lines.contains { $0.contains(sign) }, "\(drawn.output)")
                #expect(lines.allSatisfy { $0.count <= 80 }, "\(drawn.output)")
                #expect(!drawn.output.contains("\u{1B}"))
            }
        }
    }
}
