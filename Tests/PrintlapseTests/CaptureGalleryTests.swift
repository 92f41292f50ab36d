import Archive
import ArgumentParser
import Catalog
import Foundation
import Gallery
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import printlapse

/// The gallery that a capture serves by itself, where its configuration says so.
@Suite(.timeLimit(.minutes(3))) struct `A capture with a gallery` {
    /// A camera with a new picture at each asking.
    private static func answers(_ count: Int) -> [ScriptedAnswer] {
        (1...count).map { .http(body: ByteBuffer(bytes: TestJPEG.picture(seed: UInt64($0)).bytes)) }
    }

    private static func camera(_ server: ScriptedServer, every interval: String) -> String {
        "interval: \(interval)\ncameras:\n  - name: porch\n    url: \(server.url)/a.jpg\n"
    }

    private static func port(_ capture: Program, _ number: Int = 0) throws -> String {
        let found = try capture.messagesSoFar().matches(of: #/the gallery is at http://[a-z0-9.]+:(\d+)/#)
        return String(try #require(found.dropFirst(number).first).1)
    }

    private static func curl(_ arguments: String...) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["curl", "-s"] + arguments
        process.standardOutput = Pipe()
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private static func answer(_ arguments: String...) async throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["curl", "-s", "--max-time", "20"] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let data = output.fileHandleForReading.readDataToEndOfFile()
                continuation.resume(returning: String(decoding: data, as: UTF8.self))
            }
        }
    }

    @Test func `shows a frame as soon as it is stored, marks it, and ends with a signal while somebody listens`()
        async throws
    {
        try await ProgramBench.with { bench in
            let server = try await ScriptedServer.start(Self.answers(60))
            let path = try bench.file(
                "config.yaml",
                "gallery:\n  listen: 0\n  allow_changes: yes\n" + Self.camera(server, every: "500ms"))
            let capture = try bench.start("capture", "--config", path)
            #expect(try await capture.says("the gallery is at http://127.0.0.1:"))
            let port = try Self.port(capture)
            // As much of the news as comes in this time.
            let news = try await Self.answer("-N", "--max-time", "8", "http://127.0.0.1:\(port)/api/v1/events")
            #expect(news.contains("event: frame"))
            #expect(news.contains(#""camera":"porch""#))
            let session = try await Self.answer("-i", "http://127.0.0.1:\(port)/api/v1/session")
            let cookie = try #require(session.firstMatch(of: #/printlapse_session=([^;\s]+)/#)).1
            let token = try #require(session.firstMatch(of: #/"token":"([^"]+)"/#)).1
            let marked = try await Self.answer(
                "-H", "Cookie: printlapse_session=\(cookie)", "-H", "X-Printlapse-Token: \(token)", "-H",
                "Content-Type: application/json", "-d", #"{"frames":[[1,1]],"pinned":true}"#,
                "http://127.0.0.1:\(port)/api/v1/marks")
            #expect(marked.contains(#""changed":1"#), "\(marked)")
            let listener = try Self.curl("-N", "http://127.0.0.1:\(port)/api/v1/events")
            capture.signal(SIGTERM)
            let result = try await capture.result()
            #expect(result.status == 0, "\(result.messages)")
            try await listener.ended()
            await server.stop()
            let catalog = try Catalog.open(at: bench.archive)
            #expect(try await catalog.frame(FrameID(1))?.pinned == true)
        }
    }

    @Test func `takes in what its configuration says of the gallery while it runs`() async throws {
        try await ProgramBench.with { bench in
            let server = try await ScriptedServer.start(Self.answers(1))
            let camera = Self.camera(server, every: "1s")
            let capture = try bench.start("capture", "--config", try bench.file("config.yaml", camera))
            while server.requests.isEmpty { try await ContinuousClock().sleep(for: .milliseconds(10)) }
            _ = try bench.file("config.yaml", "gallery:\n  listen: 0\n" + camera)
            #expect(try await capture.says("the gallery is at http://127.0.0.1:"))
            let first = try Self.port(capture)
            #expect(
                try await Self.answer("http://127.0.0.1:\(first)/api/v1/session").contains(#""allow_changes":false"#))
            // Another way, at another port.
            _ = try bench.file("config.yaml", "gallery:\n  listen: localhost:0\n  allow_changes: yes\n" + camera)
            #expect(try await capture.says("the gallery is at http://localhost:"))
            let second = try Self.port(capture, 1)
            #expect(
                try await Self.answer("http://127.0.0.1:\(second)/api/v1/session").contains(#""allow_changes":true"#))
            #expect(try await Self.answer("http://127.0.0.1:\(first)/api/v1/session").isEmpty)
            // What cannot be is said, and the job goes on as it was.
            _ = try bench.file("config.yaml", "gallery:\n  listen: 0.0.0.0:0\n" + camera)
            #expect(try await capture.says("the gallery has no password"))
            #expect(
                try await Self.answer("http://127.0.0.1:\(second)/api/v1/session").contains(#""allow_changes":true"#))
            _ = try bench.file("config.yaml", "gallery:\n  listen: \(server.port)\n" + camera)
            #expect(try await capture.says("the gallery is not served: nothing can listen at 127.0.0.1:\(server.port)"))
            _ = try bench.file("config.yaml", camera)
            #expect(try await capture.says("the gallery is served no longer"))
            capture.signal(SIGTERM)
            #expect(try await capture.result().status == 0)
            await server.stop()
        }
    }

    @Test func `does not begin where its gallery cannot be served`() async throws {
        try await ProgramBench.with { bench in
            let server = try await ScriptedServer.start(Self.answers(1))
            let camera = Self.camera(server, every: "1s")
            let path = try bench.file("config.yaml", "gallery:\n  listen: \(server.port)\n" + camera)
            let taken = try await bench.run("capture", "--config", path, "--once")
            #expect(taken.status == 1)
            #expect(taken.messages.contains("nothing can listen at 127.0.0.1:\(server.port)"))
            _ = try bench.file("config.yaml", "gallery:\n  listen: 0.0.0.0:0\n" + camera)
            let open = try await bench.run("capture", "--config", path, "--once")
            #expect(open.status == 64)
            #expect(open.messages.contains("has no password"))
            #expect(server.requests.isEmpty)
            await server.stop()
        }
    }

    /// Visitors who ask for all they can, and others who take no answer.
    @Test func `misses no slot, whatever visitors do`() async throws {
        try await ProgramBench.with { bench in
            let server = try await ScriptedServer.start(Self.answers(50))
            let path = try bench.file("config.yaml", "gallery: 0\n" + Self.camera(server, every: "250ms"))
            let capture = try bench.start("capture", "--config", path, "--slots", "40", "--verbose")
            #expect(try await capture.says("the gallery is at http://127.0.0.1:"))
            let root = "http://127.0.0.1:\(try Self.port(capture))"
            let greedy = try ["frames/[1-400]?width=32", "stats?limit=[1-400]", "cameras?limit=[1-400]"].map {
                try Self.curl("-Z", "--parallel-max", "40", "-o", "/dev/null", root + "/api/v1/" + $0)
            }
            let slow = try (0..<20).map { _ in
                try Self.curl("-N", "--limit-rate", "10", "-o", "/dev/null", root + "/api/v1/openapi.yaml")
            }
            let result = try await capture.result()
            for process in greedy + slow where process.isRunning { process.terminate() }
            await server.stop()
            #expect(result.status == 0, "\(result.messages)")
            let catalog = try Catalog.open(at: bench.archive)
            let runs = try await catalog.timeline(TimelineQuery())
            #expect(runs.map(\.outcome) == [.stored], "\(runs)")
            #expect(runs.first?.slots == 40)
        }
    }

    @Test func `is checked with its configuration, which names the place`() async throws {
        try await ProgramBench.with { bench in
            let camera = "cameras:\n  - name: porch\n    url: http://127.0.0.1:9/\n"
            let path = try bench.file("config.yaml", camera + "gallery:\n  listen: 0.0.0.0:8484\n")
            let open = try await bench.run("config", "check", "--config", path)
            #expect(open.status == 78)
            #expect(open.messages.contains("config.yaml:5:3: the gallery: 0.0.0.0 can be reached from other machines"))
            _ = try bench.file("config.yaml", camera + "gallery:\n  certificate: a.pem\n  key: b.pem\n")
            let missing = try await bench.run("config", "check", "--config", path)
            #expect(missing.status == 78)
            #expect(missing.messages.contains("the certificate of \(bench.folder.path)/a.pem cannot be used"))
            _ = try bench.file("config.yaml", camera + "gallery: 9000\n")
            let right = try await bench.run("config", "check", "--config", path)
            #expect(right.status == 0)
            #expect(right.output.contains("The gallery is served at 127.0.0.1:9000."))
        }
    }

    @Test func `is told by keys that are flags of the command that serves it, each of them`() {
        let help = ServeCommand.helpMessage()
        for option in GalleryOption.allCases {
            #expect(help.contains("--\(option.flag)"), "\(option)")
        }
    }
}
