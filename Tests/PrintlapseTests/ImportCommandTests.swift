import Foundation
import TestSupport
import Testing

@Suite struct `The import command` {
    private static let scene = TestJPEG.picture(width: 64, height: 48)

    /// Pictures as motion leaves them, one a second from 2026-11-23 14:05:10 on.
    private func writePictures(_ numbers: Range<Int>, to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for number in numbers {
            let picture = Self.scene.inserting(0xFE, Array("picture \(number)".utf8))
            let name = "01-202611231405\(10 + number)-00.jpg"
            try Data(picture.bytes).write(to: folder.appending(path: name))
        }
    }

    @Test func `tells what came in, how times were found, and what was refused`() async throws {
        try await ProgramBench.with { bench in
            let folder = bench.folder.appending(path: "motion")
            try writePictures(0..<10, to: folder)
            try Data("no picture".utf8).write(to: folder.appending(path: "01-20261123140600-00.jpg"))
            let dry = try await bench.run("import", "motion", "--dry-run", "--time-zone", "Europe/Berlin")
            #expect(dry.output.contains("10 new frames would come in"))
            #expect(!FileManager.default.fileExists(atPath: bench.archive))

            let result = try await bench.run("import", "motion", "--camera", "ender", "--time-zone", "Europe/Berlin")
            #expect(result.status == 3)
            #expect(result.output.contains("11 pictures found: 10 new frames came in"))
            #expect(result.output.contains("Times: 11 by name in local time"))
            #expect(result.messages.contains("01-20261123140600-00.jpg"))
            let frames = try await bench.run("frames", "--format", "csv", "--order", "oldest")
            #expect(frames.output.contains("2026-11-23T13:05:10.000Z"))
            #expect(frames.output.contains("ender"))

            let again = try await bench.run(
                "import", "motion", "--camera", "ender", "--time-zone", "Europe/Berlin", "--json")
            let json = try #require(try JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [String: Any])
            let pictures = try #require(json["pictures"] as? [String: Any])
            #expect(pictures["known"] as? Int == 10)
            #expect(pictures["stored"] as? Int == 0)
            #expect((pictures["refused"] as? [[String: Any]])?.first?["label"] as? String == "not_jpeg")
            #expect(try await bench.run("verify").status == 0)
        }
    }

    @Test func `ends with 1 where nothing could be imported, and with 64 for what it does not understand`() async throws
    {
        try await ProgramBench.with { bench in
            _ = try bench.file("a.jpg", "no picture")
            #expect(try await bench.run("import", "a.jpg").status == 1)
            #expect(try await bench.run("import", "nowhere").status == 1)
            #expect(try await bench.run("import", "a.jpg", "--time-zone", "Mars/Olympus").status == 64)
            #expect(try await bench.run("import", "a.jpg", "--rename", "old").status == 64)
        }
    }

    @Test func `completes after kill -9 what it had begun`() async throws {
        try await ProgramBench.with { bench in
            try writePictures(0..<50, to: bench.folder.appending(path: "a"))
            for write in [20, 60, 140] {
                let killed = try bench.start(
                    "import", "a",
                    tracedBy: ["strace", "-f", "-o", "/dev/null", "-e", "inject=pwrite64:signal=SIGKILL:when=\(write)"])
                _ = try await killed.result()
                guard FileManager.default.fileExists(atPath: bench.archive) else { continue }
                #expect(try await bench.run("verify").status == 0)
            }
            #expect(try await bench.run("import", "a").status == 0)
            let frames = try await bench.run("frames", "--format", "csv").output
            #expect(frames.split(whereSeparator: \.isNewline).count == 51)
            #expect(try await bench.run("verify").status == 0)
        }
    }

    @Test func `brings the archives of many machines into one`() async throws {
        try await ProgramBench.with { bench in
            try writePictures(0..<5, to: bench.folder.appending(path: "a"))
            try writePictures(3..<9, to: bench.folder.appending(path: "b"))
            for name in ["a", "b"] {
                #expect(try await bench.run("import", name, "--archive", "\(name).sqlite").status == 0)
            }
            let result = try await bench.run("import", "a.sqlite", "b.sqlite", "--rename", "printer=ender")
            #expect(result.status == 0)
            #expect(result.output.contains("5 new frames came in"))
            #expect(result.output.contains("4 new frames came in"))
            #expect(try await bench.run("import", "b.sqlite", "--camera", "ender").output.contains("0 new frames"))
            #expect(try await bench.run("verify").status == 0)
            let frames = try await bench.run("frames", "--format", "csv").output
            #expect(frames.split(whereSeparator: \.isNewline).count == 10)
        }
    }
}
