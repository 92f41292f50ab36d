import Foundation
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
}
