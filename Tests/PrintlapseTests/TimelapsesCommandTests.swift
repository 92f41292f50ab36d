import Foundation
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct `The timelapses command` {
    private struct Told: Decodable {
        let id: Int64
        let rule: String
        let state: String
        let since: String
        let until: String
        let files: [String]
        let frames: Int?
        let pinned: Bool
    }

    private static let rules = """
        cameras:
          - name: printer
            url: http://127.0.0.1:9/
        timelapses:
          - after: print
            into: films
            file: "print {number}.mp4"
            least_frames: 500
          - every: day
            into: films
            file: "{local:%m-%d}.mp4"
          - every: week
            into: films
            file: "week of {local:%m-%d}.mp4"
          - rolling: 24h
            into: films
        """

    private static let berlin = TimeZone(identifier: "Europe/Berlin")!

    private static func time(_ text: String) throws -> Timestamp {
        try Timestamp(parsing: text, now: .wallClock, timeZone: berlin)
    }

    /// A picture an hour from the Sunday before clocks are set back until two days after that, and a print.
    private static func with(_ body: (ProgramBench) async throws -> Void) async throws {
        try await ProgramBench.with { bench in
            _ = try bench.file("config.yaml", rules)
            let begin = try time("2026-10-18")
            try await bench.store((0..<(9 * 24 + 1)).map { begin + .seconds(3600 * $0) })
            let print = PrintJob(
                number: 7, name: "benchy.gcode", state: .finished, startedAt: try time("2026-11-02 10:00"),
                endedAt: try time("2026-11-02 10:30"), toldBy: .octoPrint)
            try await bench.store(
                (0..<40).map { print.startedAt + .seconds(40 * $0) }, of: print, width: 320, height: 240)
            try await body(bench)
        }
    }

    private static func run(_ bench: ProgramBench, _ words: String...) async throws -> Program.Result {
        let program = try bench.start(
            arguments: ["timelapses"] + words,
            environment: ["TZ": "Europe/Berlin", "PRINTLAPSE_CONFIG": bench.folder.appending(path: "config.yaml").path])
        return try await program.result()
    }

    private static func told(_ result: Program.Result) throws -> [Told] {
        #expect(result.status == 0, "\(result.messages)")
        return try JSONDecoder().decode([Told].self, from: Data(result.output.utf8))
    }

    private static func films(_ bench: ProgramBench) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: bench.folder.appending(path: "films").path).sorted()
    }

    @Test func `makes a print's by hand, also what the rule leaves out, and anew under the same name`() async throws {
        try await Self.with { bench in
            let first = try Self.told(try await Self.run(bench, "make", "print", "--print", "latest", "--json"))
            #expect(first.map(\.state) == ["made"])
            #expect(first.map(\.frames) == [40])
            #expect(first.flatMap(\.files) == [bench.folder.appending(path: "films/print 1.mp4").path])
            let again = try Self.told(try await Self.run(bench, "make", "print", "--print", "1", "--json"))
            #expect(again.map(\.id) == first.map(\.id))
            #expect(try Self.films(bench) == ["print 1.mp4"])
            let plain = try await Self.run(bench, "make", "print", "--print", "1")
            #expect(plain.output.contains("films/print 1.mp4: 40 frames"), "\(plain.output)")
        }
    }

    @Test func `makes a day's, the one with 25 hours too, and a week's, whichever of its days is named`() async throws {
        try await Self.with { bench in
            let day = try Self.told(try await Self.run(bench, "make", "day", "--day", "2026-10-25", "--json"))
            #expect(day.map(\.since) == ["2026-10-24T22:00:00.000Z"])
            #expect(day.map(\.until) == ["2026-10-25T23:00:00.000Z"])
            #expect(day.map(\.frames) == [25])
            for named in ["2026-10-19", "2026-10-22", "2026-10-25"] {
                let week = try Self.told(try await Self.run(bench, "make", "week", "--day", named, "--json"))
                #expect(week.map(\.since) == ["2026-10-18T22:00:00.000Z"], "\(named)")
                #expect(week.map(\.frames) == [169], "\(named)")
            }
            #expect(try Self.films(bench) == ["10-25.mp4", "week of 10-19.mp4"])
        }
    }

    @Test func `says what it cannot make, and why`() async throws {
        try await Self.with { bench in
            for (words, problem) in [
                (["make", "month"], "there is no rule “month”. The configuration's are: print, day, week, rolling."),
                (["make", "print"], "the rule “print” is for prints. Say which: --print 3, or --print latest."),
                (["make", "print", "--day", "today"], "the rule “print” is for prints."),
                (["make", "print", "--print", "9"], "print 9"),
                (["make", "day", "--print", "1"], "the rule “day” is of no print. Leave --print out."),
                (["make", "rolling", "--day", "today"], "the rule “rolling” is of the time just past."),
                (["make", "day", "--day", "someday"], "a day reads 2026-11-23, today or yesterday"),
                (["make", "day", "--camera", "porch"], "porch"),
                (["pin", "9"], "there is no timelapse 9."), (["forget", "9"], "there is no timelapse 9."),
                (["fit", "9", "--max-size", "1MB", "--output", "x.mp4"], "there is no timelapse 9."),
            ] {
                let program = try bench.start(
                    arguments: ["timelapses"] + words,
                    environment: ["PRINTLAPSE_CONFIG": bench.folder.appending(path: "config.yaml").path])
                let result = try await program.result()
                #expect(result.status != 0, "\(words)")
                let messages = result.messages.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                #expect(messages.contains(problem), "\(words): \(messages)")
                #expect(result.output.isEmpty, "\(words)")
            }
            #expect(!FileManager.default.fileExists(atPath: bench.folder.appending(path: "films").path))
            let list = try await Self.run(bench, "--all")
            #expect(list.output.isEmpty, "nothing of it waits: \(list.output)")
        }
    }

    @Test func `pins one and lets it go, and forgets one, whose file stays`() async throws {
        try await Self.with { bench in
            #expect(try await Self.run(bench, "make", "print", "--print", "1").status == 0)
            #expect(try await Self.run(bench, "pin", "1").output == "Timelapse 1 of “print” is kept.\n")
            #expect(try Self.told(try await Self.run(bench, "--json")).map(\.pinned) == [true])
            #expect(try await Self.run(bench).output.contains("made, pinned"))
            // script(1) gives it a terminal.
            let screen = try await bench.start(
                "timelapses", tracedBy: ["sh", "-c", #"exec script -qec "stty cols 80; $*" /dev/null"#, "sh"],
                environment: ["TERM": "xterm"]
            ).result().output
            let lines = screen.split(whereSeparator: \.isNewline)
            #expect(lines.count == 3, "\(screen)")
            #expect(lines.last == "   ~/films/print 1.mp4", "\(screen)")
            #expect(lines.allSatisfy { $0.count <= 80 }, "\(screen)")
            let freed = try await Self.run(bench, "pin", "1", "--undo")
            #expect(freed.output == "Timelapse 1 of “print” is free to be removed.\n")
            #expect(try Self.told(try await Self.run(bench, "--json")).map(\.pinned) == [false])

            #expect(try await Self.run(bench, "forget", "1").output == "Timelapse 1 of “print” is forgotten.\n")
            #expect(try Self.told(try await Self.run(bench, "--json")).isEmpty)
            #expect(try Self.told(try await Self.run(bench, "--all", "--json")).map(\.state) == ["forgotten"])
            #expect(try Self.films(bench) == ["print 1.mp4"])
            let due = try await Self.run(bench, "run")
            #expect(due.status == 0)
            #expect(try Self.films(bench) == ["print 1.mp4"], "nothing makes it again by itself")
        }
    }

    @Test func `makes a smaller version of one for who takes no large files`() async throws {
        try await Self.with { bench in
            #expect(try await Self.run(bench, "make", "print", "--print", "1").status == 0)
            let whole =
                try FileManager.default.attributesOfItem(
                    atPath: bench.folder.appending(path: "films/print 1.mp4").path)[.size] as? Int
            #expect(whole ?? 0 > 20_000)
            let small = bench.folder.appending(path: "small.mp4").path
            let fitted = try await Self.run(bench, "fit", "1", "--max-size", "20kB", "--output", small)
            #expect(fitted.status == 0, "\(fitted.messages)")
            let size = try FileManager.default.attributesOfItem(atPath: small)[.size] as? Int
            #expect((1...20_000).contains(size ?? 0))
            let tiny = try await Self.run(bench, "fit", "1", "--max-size", "1kB", "--output", small + ".mp4")
            #expect(tiny.status == 1)
            #expect(!FileManager.default.fileExists(atPath: small + ".mp4"))
        }
    }

    @Test func `names line and column of an option that an export does not take`() async throws {
        try await ProgramBench.with { bench in
            let path = try bench.file(
                "config.yaml",
                """
                cameras:
                  - name: printer
                    url: http://127.0.0.1:9/
                timelapses:
                  - after: print
                    into: films
                    sharpness: 3
                  - every: day
                    into: films
                    crf: very
                  - every: week
                    into: films
                    steady: maybe
                  - every: month
                    into: films
                    file: ["{local:%Y-%m} a.mp4", "{local:%Y-%m} a.zip"]
                    clock: yes
                  - every: year
                    into: films
                    file: "{local:%Y}.jpg"
                    crf: 20
                  - rolling: 24h
                    into: films
                    hold_last: 3s
                """)
            let result = try await bench.run("config", "check", "--config", path)
            #expect(result.status == 78)
            let problems = result.messages.split(separator: "\n").map { $0.replacing(path, with: "") }
            for (place, problem) in [
                (":7:5: ", "“sharpness” is no setting of a timelapse"), (":10:5: ", "crf"),
                (":13:5: ", "“maybe” is none of yes, no"), (":21:5: ", "crf"),
            ] {
                #expect(
                    problems.contains { $0.contains(place) && $0.contains(problem) }, "\(place)\(problem): \(problems)")
            }
            #expect(!result.messages.contains(":22:"), "the last is right")
        }
    }

    @Test(arguments: [
        (#"["{number}.mp4", "{number}"]"#, "7.mp4"), (#"["{camera} {number}.mp4", "{camera} {number}.jpg"]"#, "7.jpg"),
    ])
    func `names two outputs of a rule that would be one file, a poster among them`(
        names: String, twice: String
    ) async throws {
        try await ProgramBench.with { bench in
            let path = try bench.file(
                "config.yaml",
                """
                cameras:
                  - name: printer
                    url: http://127.0.0.1:9/
                timelapses:
                  - after: print
                    into: films
                    file: \(names)
                    poster: yes
                """)
            let result = try await bench.run("config", "check", "--config", path)
            #expect(result.status == 78, "\(result.output)")
            #expect(result.messages.contains("config.yaml:7:11: two of its files would be one"), "\(result.messages)")
            #expect(result.messages.contains(twice), "\(result.messages)")
        }
    }
}
