import Dispatch
import Foundation
import TestSupport
import Testing

/// A path that a user mistypes, or that somebody else prepared, keeps no command waiting and writes nothing into a terminal.
@Suite(.timeLimit(.minutes(2))) struct `Paths that lead to anything` {
    @Test(arguments: [
        ["usage", "--endpoint-file", "PATH"], ["capture", "--once", "--endpoint-file", "PATH"],
        ["cameras", "test", "--endpoint-file", "PATH"], ["authorize", "x", "--endpoint-file", "PATH"],
        ["config", "check", "--config", "PATH"], ["cameras", "add", "x", "--config", "PATH"],
        ["cameras", "remove", "x", "--config", "PATH"], ["cameras", "list", "--config", "PATH"],
        ["usage", "--endpoint-file", "tunnel.txt", "--ca-file", "PATH"], ["import", "PATH"],
        ["frames", "--archive", "PATH"], ["verify", "--archive", "PATH"], ["status", "--archive", "PATH"],
        ["verify", "--repair", "--from", "PATH"],
    ])
    func `are not waited for where they are pipes or devices`(arguments: [String]) async throws {
        try await ProgramBench.with { bench in
            _ = try bench.file("tunnel.txt", "http://user:password@127.0.0.1:1")
            let pipe = bench.folder.appending(path: "pipe").path
            #expect(mkfifo(pipe, 0o600) == 0)
            for path in [pipe, "/dev/zero"] where !(arguments[0] == "import" && path != pipe) {
                let result = try await bench.start(arguments: arguments.map { $0 == "PATH" ? path : $0 })
                    .result()
                #expect(result.status != 0, "\(path)")
                #expect(!result.messages.isEmpty)
            }
        }
    }

    @Test(arguments: ["PRINTLAPSE_TUNNEL_FILE", "PRINTLAPSE_CONFIG", "PRINTLAPSE_OCTOPRINT_KEY_FILE"])
    func `are not waited for where variables name them`(variable: String) async throws {
        try await ProgramBench.with { bench in
            let pipe = bench.folder.appending(path: "pipe").path
            #expect(mkfifo(pipe, 0o600) == 0)
            let result = try await bench.run(
                "usage", "--endpoint-file", try bench.file("tunnel.txt", "http://user:password@127.0.0.1:1"),
                environment: [variable: pipe])
            #expect(result.status != 0)
        }
    }

    @Test(arguments: [
        ["config", "check", "--config", "PATH"], ["usage", "--endpoint-file", "PATH"], ["frames", "--archive", "PATH"],
        ["verify", "--archive", "PATH"], ["export", "PATH/x.mp4"], ["import", "PATH"], ["backup", "PATH/x"],
        ["cameras", "add", "x", "--endpoint-file", "PATH"],
        ["usage", "--endpoint-file", "tunnel.txt", "--ca-file", "PATH"],
    ])
    func `are shown with their escapes, which are not sent`(arguments: [String]) async throws {
        try await ProgramBench.with { bench in
            _ = try bench.file("tunnel.txt", "http://user:password@127.0.0.1:1")
            let path = bench.folder.path + "/\u{1B}]0;owned\u{7}\u{9B}2J"
            let result = try await bench.start(arguments: arguments.map { $0.replacing("PATH", with: path) }).result()
            #expect(result.status != 0)
            let said = result.messages + result.output
            #expect(!said.unicodeScalars.contains { $0.value == 0x1B || $0.value == 7 || $0.value == 0x9B })
        }
    }

    @Test func `are shown with their escapes where nothing is wrong`() async throws {
        try await ProgramBench.with { bench in
            let path = try bench.file("\u{1B}[31m.yaml", "cameras:\n  - name: a\n    url: http://127.0.0.1/\n")
            let result = try await bench.run("config", "check", "--config", path)
            #expect(result.status == 0 && result.output.contains(#"\x1B[31m.yaml is right"#), "\(result)")
        }
    }
}

@Suite(.timeLimit(.minutes(2))) struct `Ten cameras that are added at once` {
    @Test func `are ten cameras, in a configuration that its owner alone can read`() async throws {
        try await ProgramBench.with { bench in
            let programs = try (0..<10).map {
                try bench.start("cameras", "add", "camera \($0)", "--url", "http://u:p@127.0.0.1/\($0)")
            }
            for program in programs {
                let result = try await program.result()
                #expect(result.status == 0, "\(result.messages)")
            }
            let list = try await bench.run("cameras", "list", "--format", "csv")
            #expect(list.output.split(separator: "\r\n").count == 11, "\(list.output)")
            let path = bench.folder.appending(path: ".config/printlapse/config.yaml").path
            #expect(FileManager.default.permissions(of: path) == 0o600)
            // Where it was opened to others before, the password in it is worth a word.
            #expect(chmod(path, 0o644) == 0)
            let added = try await bench.run("cameras", "add", "more", "--url", "http://u:p@127.0.0.1/")
            #expect(added.messages.contains("other users of this machine can read"), "\(added.messages)")
        }
    }
}
