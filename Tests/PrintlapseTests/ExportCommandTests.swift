import Foundation
import TestSupport
import Testing

@Suite struct `The command export` {
    /// An archive with three frames.
    private func withFrames(_ body: (ProgramBench) async throws -> Void) async throws {
        try await ProgramBench.with { bench in
            let writer = try Program([bench.archive, "3"], of: "ArchiveWriter", in: bench.folder)
            #expect(try await writer.result().status == 0)
            try await body(bench)
        }
    }

    @Test(arguments: ["tar", "zip"])
    func `writes the stream alone to standard output, and speaks elsewhere`(format: String) async throws {
        try await withFrames { bench in
            let program = try bench.start("export", "-", "--format", format, "--name", "{n:03}", "--exif")
            let result = try await program.result()
            #expect(result.status == 0, "\(result.messages)")
            #expect(result.messages.contains("standard output: 3 frames"))
            let reader = Process()
            reader.executableURL = URL(filePath: "/usr/bin/env")
            reader.arguments = ["bsdtar", "-tf", program.output.path]
            let pipe = Pipe()
            reader.standardOutput = pipe
            try reader.run()
            let list = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            try await reader.ended()
            #expect(
                list.split(separator: "\n") == [
                    "frames/001.jpg", "frames/002.jpg", "frames/003.jpg", "frames/manifest.json", "frames/SHA256SUMS",
                ])
        }
    }

    @Test(arguments: [
        ["-"], ["-", "--format", "mp4"], ["-", "--format", "tar", "--json"], ["frames", "--name", "a/{n}"],
        ["frames", "--name", "{frame}"], ["lapse.mp4", "--bag"], ["lapse.avi"], ["frames", "--format", "rar"],
    ])
    func `ends with 64 where its words do not fit together`(arguments: [String]) async throws {
        try await withFrames { bench in
            let result = try await bench.start("export", arguments: arguments).result()
            #expect(result.status == 64, "\(result.messages)")
            #expect(result.output.isEmpty)
        }
    }

    @Test(arguments: ["frames", "lapse.zip", "lapse.tar"])
    func `that is killed leaves nothing under the name, and works the next time`(output: String) async throws {
        try await withFrames { bench in
            let tracer = [
                "strace", "-f", "-o", "/dev/null", "-e", "trace=renameat2", "-e", "inject=renameat2:signal=SIGKILL",
            ]
            _ = try await bench.start("export", output, "--bag", tracedBy: tracer).result()
            func exports() throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).filter { $0.contains(output) }
            }
            let left = try exports()
            #expect(left.count == 1)
            #expect(left.first?.hasPrefix(".\(output).partial-") == true)
            let second = try await bench.run("export", output, "--bag")
            #expect(second.status == 0, "\(second.messages)")
            #expect(try exports() == [output])
        }
    }

    @Test(arguments: [
        ("discord", "lapse.mp4", "48", [String]()), ("web", "lapse.mp4", "48", ["lapse.jpg"]),
        ("4k", "lapse.mp4", "2160", []), ("loop", "lapse.gif", "48", []),
    ])
    func `makes what a preset is for`(preset: String, output: String, height: String, beside: [String]) async throws {
        try await withFrames { bench in
            let result = try await bench.run("export", output, "--for", preset)
            #expect(result.status == 0, "\(result.messages)")
            let made = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
            #expect(made.filter { $0.contains("lapse") }.sorted() == (beside + [output]).sorted())
            #expect(try await probed("height", bench.folder.appending(path: output)) == height)
        }
    }

    @Test func `takes what is given beside a preset before what the preset says`() async throws {
        try await withFrames { bench in
            let result = try await bench.run("export", "lapse.mp4", "--for", "4k", "--scale", "480p")
            #expect(result.status == 0, "\(result.messages)")
            #expect(try await probed("height", bench.folder.appending(path: "lapse.mp4")) == "480")
        }
    }

    @Test(arguments: ["lapse.mp4", "lapse.mkv", "lapse.zip", "sheet.jpg"])
    func `ends with 3 and names the frame that is damaged`(output: String) async throws {
        try await withFrames { bench in
            let sqlite = Process()
            sqlite.executableURL = URL(filePath: "/usr/bin/sqlite3")
            sqlite.arguments = [
                bench.archive, "UPDATE picture_content SET jpeg = CAST(zeroblob(length(jpeg)) AS BLOB) WHERE id = 2;",
            ]
            try sqlite.run()
            try await sqlite.ended()
            #expect(sqlite.terminationStatus == 0)
            let result = try await bench.run("export", output)
            #expect(result.status == 3, "\(result.messages)")
            #expect(result.messages.contains("Left out frame 2 of "))
            #expect(result.output.contains("\(output): 2 frames"))
        }
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 130), (SIGKILL, SIGKILL)] as [(Int32, Int32)])
    func `that is stopped while ffmpeg works leaves no video, and works the next time`(
        signal: Int32, status: Int32
    ) async throws {
        try await withFrames { bench in
            let programs = bench.folder.appending(path: "programs")
            try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: false)
            // It writes some of the video, and goes on only as long as somebody listens.
            let script = """
                #!/bin/bash
                case " $* " in *" -version "* | *" -encoders "*) exec /usr/bin/ffmpeg "$@" ;; esac
                out=${!#}
                head -c 100000 /dev/zero >"${out#file:}"
                touch "$(dirname "$0")/begun"
                while echo frame=1; do sleep 0.05; done
                """
            let ffmpeg = programs.appending(path: "ffmpeg").path
            #expect(
                FileManager.default.createFile(
                    atPath: ffmpeg, contents: Data(script.utf8), attributes: [.posixPermissions: 0o755]))
            let path = programs.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
            let program = try bench.start("export", "lapse.mp4", environment: ["PATH": path])
            try await wait(for: "ffmpeg to begin") {
                !program.isRunning || FileManager.default.fileExists(atPath: programs.appending(path: "begun").path)
            }
            program.signal(signal)
            #expect(try await program.result().status == status)
            func exports() throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).filter {
                    $0.contains("lapse.mp4")
                }
            }
            let left = try exports()
            #expect(left.allSatisfy { $0.hasPrefix(".lapse.mp4.partial-") })
            #expect(left.count == (signal == SIGKILL ? 1 : 0))
            let second = try await bench.run("export", "lapse.mp4")
            #expect(second.status == 0, "\(second.messages)")
            #expect(try exports() == ["lapse.mp4"])
        }
    }

    /// What ffprobe says of a video's stream.
    private func probed(_ entry: String, _ video: URL) async throws -> String {
        let (ffprobe, pipe) = (Process(), Pipe())
        ffprobe.executableURL = URL(filePath: "/usr/bin/env")
        ffprobe.arguments = [
            "ffprobe", "-v", "error", "-show_entries", "stream=" + entry, "-of", "csv=p=0", video.path,
        ]
        ffprobe.standardOutput = pipe
        try ffprobe.run()
        let answer = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        try await ffprobe.ended()
        return answer.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
