import Archive
import Catalog
import Foundation
import Storage
import Testing
import Timelapses
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct `A program that makes timelapses and is killed` {
    @Test func `makes each once, and whole, in the end`() async throws {
        try await ProgramBench.with { bench in
            let writer = try Program([bench.archive, "420"], of: "ArchiveWriter", in: bench.folder)
            #expect(try await writer.result().status == 0)
            let config = try bench.file(
                "config.yaml",
                """
                cameras:
                  - name: printer
                    url: http://127.0.0.1:9/
                timelapses:
                  - every: day
                    into: films
                    least_frames: 1
                    file: "{local:%H%M%S}.mp4"
                """)
            // Stretches of the archive's frames, each as if it were a day.
            let archive = try await FrameArchive.open(at: bench.archive, role: .edit)
            let begin = Timestamp(seconds: 1_800_000_000)
            for number in 0..<20 {
                let since = begin + .seconds(200 * number)
                _ = try await archive.enter(
                    ArchivedTimelapse(
                        rule: "day", camera: try CameraName("printer"), subject: .period(since), since: since,
                        until: since + .seconds(200), dueAt: .wallClock))
            }
            try await archive.close()

            var kills = 0
            var last: Program.Result?
            while true {
                let program = try bench.start("timelapses", "run", "--config", config)
                // Later and later, so that it comes to its end however slow the machine is.
                let latest = 1500 + 60 * kills
                let killer = Task {
                    try await ContinuousClock().sleep(for: .milliseconds(Int.random(in: 150...latest)))
                    program.signal(SIGKILL)
                }
                let result = try await program.result()
                killer.cancel()
                guard result.isSignalled else {
                    last = result
                    break
                }
                kills += 1
                // One that was cut three times waits for a minute: here it need not.
                let archive = try await FrameArchive.open(at: bench.archive, role: .edit)
                let ids = try archive.unfinishedTimelapses().map(\.id)
                _ = try await archive.update(timelapses: ids) {
                    $0.attempts = 0
                    $0.nextTryAt = $0.dueAt
                }
                try await archive.close()
            }
            #expect(last?.status == 0, "\(last?.messages ?? "it never came to its end")")
            #expect(kills > 3)

            let catalog = try Catalog.open(at: bench.archive)
            let made = try await catalog.timelapses([.made], limit: 99)
            #expect(made.count == 20)
            #expect(made.allSatisfy { $0.frames == 20 })
            let films = bench.folder.appending(path: "films").path
            let files = try FileManager.default.contentsOfDirectory(atPath: films).sorted()
            #expect(files == made.flatMap(\.files).map { URL(filePath: $0.path).lastPathComponent }.sorted())
            for file in files { #expect(try await Self.frames(in: films + "/" + file) == 20, "\(file)") }
            try catalog.close()
        }
    }

    /// As a capture starts it, which may be killed: then nobody is there any more to end it.
    @Test func `ends when whoever started it does`() async throws {
        try await ProgramBench.with { bench in
            let writer = try Program([bench.archive, "1"], of: "ArchiveWriter", in: bench.folder)
            #expect(try await writer.result().status == 0)
            let config = try bench.file(
                "config.yaml",
                "cameras:\n  - name: printer\n    url: http://127.0.0.1:9/\ntimelapses:\n  - after: print\n    into: films\n"
            )
            let life = Pipe()
            let program = try Program(
                ["timelapses", "run", "--watch", "--tied", "--archive", bench.archive, "--config", config],
                in: bench.folder, input: life.fileHandleForReading)
            while !FileManager.default.fileExists(atPath: bench.archive + "-timelapses"), program.isRunning {
                try await ContinuousClock().sleep(for: .milliseconds(10))
            }
            #expect(program.isRunning)
            try life.fileHandleForWriting.close()
            #expect(try await program.result().status == 0)
        }
    }

    private static func frames(in path: String) async throws -> Int? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries",
            "stream=nb_read_frames",
            "-of", "csv=p=0", path,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        try await process.ended()
        return Int(text.split(whereSeparator: \.isNewline).first ?? "")
    }
}
