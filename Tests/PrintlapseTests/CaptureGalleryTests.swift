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

    @Test func `shows a frame as soon as it is stored, marks it, and ends with a signal while somebody listens`()
        async throws
    {
        try await ProgramBench.with { bench in
            let server = try await ScriptedServer.start(Self.answers(60))
            let path = try bench.file(
                "config.yaml",
                "gallery:\n  listen: 0\n  allow_changes: yes\n  metrics: yes\n"
                    + Self.camera(server, every: "500ms"))
            let capture = try bench.start("capture", "--config", path)
            #expect(try await capture.says("the gallery is at http://127.0.0.1:"))
            let port = try Self.port(capture)
            // As much of the news as comes in this time.
            let news = try await Curl.answer("-N", "--max-time", "8", "http://127.0.0.1:\(port)/api/v1/events")
            #expect(news.contains("event: frame"))
            #expect(news.contains(#""camera":"porch""#))
            let session = try await Curl.answer("-i", "http://127.0.0.1:\(port)/api/v1/session")
            let cookie = try #require(session.firstMatch(of: #/printlapse_session=([^;\s]+)/#)).1
            let token = try #require(session.firstMatch(of: #/"token":"([^"]+)"/#)).1
            let marked = try await Curl.answer(
                "-H", "Cookie: printlapse_session=\(cookie)", "-H", "X-Printlapse-Token: \(token)", "-H",
                "Content-Type: application/json", "-d", #"{"frames":[[1,1]],"pinned":true}"#,
                "http://127.0.0.1:\(port)/api/v1/marks")
            #expect(marked.contains(#""changed":1"#), "\(marked)")
            let metrics = try await Curl.answer("http://127.0.0.1:\(port)/metrics")
            #expect(metrics.contains(#"printlapse_slots_total{camera="porch",outcome="stored"}"#), "\(metrics)")
            #expect(try await Curl.answer("http://127.0.0.1:\(port)/healthz") == "ok\n")
            let listener = try Curl.start("-N", "http://127.0.0.1:\(port)/api/v1/events")
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
                try await Curl.answer("http://127.0.0.1:\(first)/api/v1/session").contains(#""allow_changes":false"#))
            // Another way, at another port.
            _ = try bench.file("config.yaml", "gallery:\n  listen: localhost:0\n  allow_changes: yes\n" + camera)
            #expect(try await capture.says("the gallery is at http://localhost:"))
            let second = try Self.port(capture, 1)
            #expect(
                try await Curl.answer("http://127.0.0.1:\(second)/api/v1/session").contains(#""allow_changes":true"#))
            #expect(try await Curl.answer("http://127.0.0.1:\(first)/api/v1/session").isEmpty)
            // What cannot be is said, and the job goes on as it was.
            _ = try bench.file("config.yaml", "gallery:\n  listen: 0.0.0.0:0\n" + camera)
            #expect(try await capture.says("the gallery has no password"))
            #expect(
                try await Curl.answer("http://127.0.0.1:\(second)/api/v1/session").contains(#""allow_changes":true"#))
            _ = try bench.file("config.yaml", "gallery:\n  listen: \(server.port)\n" + camera)
            #expect(try await capture.says("the gallery is not served: nothing can listen at 127.0.0.1:\(server.port)"))
            _ = try bench.file("config.yaml", camera)
            #expect(try await capture.says("the gallery is served no longer"))
            capture.signal(SIGTERM)
            #expect(try await capture.result().status == 0)
            await server.stop()
        }
    }

    /// A session is the server's that began it: who looked before looks no longer.
    @Test func `has a new password, or a renewed certificate, while it runs`() async throws {
        try await ProgramBench.with { bench in
            let server = try await ScriptedServer.start(Self.answers(1))
            let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
            let identities = try [first, second].map { try ServerIdentity(in: $0, name: "IP:127.0.0.1") }
            func install(_ identity: ServerIdentity) throws {
                for (name, path) in [("chain.pem", identity.certificateFile), ("key.pem", identity.keyFile)] {
                    _ = try bench.file(name, try String(contentsOfFile: path, encoding: .utf8))
                }
            }
            func setPassword(_ password: String) async throws {
                let set = try await bench.setPassword(password, "--password-file", "gate")
                #expect(set.status == 0, "\(set.messages)")
            }
            try install(identities[0])
            try await setPassword("a benchy in blue")
            let keys = "gallery:\n  listen: 0\n  password_file: gate\n  certificate: chain.pem\n  key: key.pem\n"
            let path = try bench.file("config.yaml", keys + Self.camera(server, every: "1s"))
            let capture = try bench.start("capture", "--config", path)
            #expect(try await capture.says("the gallery is at https://127.0.0.1:"))
            func root(_ number: Int) async throws -> String {
                let pattern = #/the gallery is at (https://127\.0\.0\.1:\d+)/#
                while capture.isRunning {
                    let found = try capture.messagesSoFar().matches(of: pattern)
                    if found.count > number { return String(found[number].1) }
                    try await ContinuousClock().sleep(for: .milliseconds(10))
                }
                return ""
            }
            let trust = identities.map { ["--cacert", $0.certificateFile] }
            let before = try await root(0)
            #expect(
                try await Curl.answer(before + "/api/v1/cameras", also: trust[0]).contains(#""label":"login""#))
            #expect(try await Curl.answer(before + "/api/v1/cameras", also: trust[1]).isEmpty)
            #expect(try await Curl.logIn(at: before, password: "a benchy in red", also: trust[0]) == nil)
            let cookie = try #require(
                try await Curl.logIn(at: before, password: "a benchy in blue", also: trust[0]))
            #expect(
                try await Curl.answer(before + "/api/v1/cameras", also: trust[0] + cookie).contains(#""porch""#))

            try await setPassword("a benchy in red")
            let between = try await root(1)
            #expect(
                try await Curl.answer(between + "/api/v1/cameras", also: trust[0] + cookie)
                    .contains(#""label":"login""#))
            #expect(try await Curl.logIn(at: between, password: "a benchy in blue", also: trust[0]) == nil)
            #expect(try await Curl.logIn(at: between, password: "a benchy in red", also: trust[0]) != nil)

            try install(identities[1])
            // Chain and key are two files: in between they may not go together, which is noted, and mended by the next look.
            var renewed: [String]?
            var number = 2
            while renewed == nil, capture.isRunning {
                let after = try await root(number)
                renewed = try await Curl.logIn(at: after, password: "a benchy in red", also: trust[1])
                number += renewed == nil ? 1 : 0
            }
            #expect(renewed != nil)
            capture.signal(SIGTERM)
            let result = try await capture.result()
            #expect(result.status == 0, "\(result.messages)")
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
                try Curl.start("-Z", "--parallel-max", "40", "-o", "/dev/null", root + "/api/v1/" + $0)
            }
            let slow = try (0..<20).map { _ in
                try Curl.start("-N", "--limit-rate", "10", "-o", "/dev/null", root + "/api/v1/openapi.yaml")
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
