import Foundation
import NIOCore
import Simulator
import TestSupport
import Testing
import Vocabulary

@testable import Gallery

/// What a visitor is told of a house with many secrets.
@Suite(.timeLimit(.minutes(4))) struct `No answer of the gallery` {
    /// Each stands in the configuration, or in a file that it names.
    private static let names = [
        "oddswordfish", "oddticket", "oddhook", "oddgatekeeper", "oddchained",
        "oddkeyring", "oddtunnelled", "oddknock",
    ]

    @Test func `tells a password, a token, an endpoint, or a path of the configuration`() async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 160, height: 120)
        settings.speed = 100
        settings.warmUp = .zero
        let tunnel = try await SimulatedTunnel.start(settings)
        let picture = ByteBufferPicture.answers
        let camera = try await ScriptedServer.start(picture)
        try await ProgramBench.with { bench in
            let folder = try TemporaryFolder()
            let identity = try ServerIdentity(in: folder, name: "IP:127.0.0.1")
            for (name, path) in [("oddchained.pem", identity.certificateFile), ("oddkeyring.pem", identity.keyFile)] {
                _ = try bench.file(name, try String(contentsOfFile: path, encoding: .utf8))
            }
            _ = try bench.file("oddtunnelled.txt", tunnel.endpoint)
            _ = try await bench.setPassword("oddknock knock", "--password-file", "oddgatekeeper")
            let configuration = try bench.file(
                "config.yaml",
                """
                interval: 200ms
                gallery:
                  listen: 0
                  allow_changes: yes
                  password_file: oddgatekeeper
                  certificate: oddchained.pem
                  key: oddkeyring.pem
                on_event:
                  - webhook: http://127.0.0.1:9/oddhook
                cameras:
                  - name: porch
                    url: http://warden:oddswordfish@127.0.0.1:\(camera.port)/a.jpg?token=oddticket
                  - name: printer
                    endpoint_file: oddtunnelled.txt
                  - name: gone
                    url: http://warden:oddswordfish@127.0.0.1:9/a.jpg?token=oddticket
                """)
            let capture = try bench.start("capture", "--config", configuration, "--verbose")
            #expect(try await capture.says("the gallery is at https://127.0.0.1:"))
            for name in ["porch", "printer"] {
                let stored = try await capture.says("\(name): stored frame")
                let said = try capture.messagesSoFar()
                #expect(stored, "\(said)")
            }
            let port = try #require(try capture.messagesSoFar().firstMatch(of: #/https://127\.0\.0\.1:(\d+)/#)).1
            let root = "https://127.0.0.1:\(port)"
            let trust = ["--cacert", identity.certificateFile]
            let cookie = try #require(try await Curl.logIn(at: root, password: "oddknock knock", also: trust))
            let visit = GalleryVisit(root: root, options: trust + cookie)
            var answers = try await visit.everything()
            for path in ["api/v1/cameras", "api/v1/frames/1", "index.html"] {
                answers["without a session: \(path)"] = try await Curl.answer("-i", "\(root)/\(path)", also: trust)
            }
            capture.signal(SIGTERM)
            _ = try await capture.result()

            let parts = try #require(URLComponents(string: tunnel.endpoint))
            let (user, password) = (try #require(parts.user), try #require(parts.password))
            var secrets = Self.names + [password, Data("\(user):\(password)".utf8).base64EncodedString()]
            secrets += [configuration, "PRIVATE KEY", "scrypt$"]
            if let signed = tunnel.requests.last(where: { $0.target.contains("digest=") }) {
                secrets.append(try #require(signed.target.split(separator: "digest=").last.map(String.init)))
            }
            for (place, text) in answers {
                for secret in secrets {
                    #expect(!text.contains(secret), "“\(secret)” is in \(place): \(text.prefix(2000))")
                }
            }
            #expect(answers.count > 90, "\(answers.keys.sorted())")
            #expect(answers["/cameras"]?.contains("porch") == true)
            #expect(answers["/doctor"]?.contains("findings") == true)
        }
        await camera.stop()
        await tunnel.stop()
    }
}

private enum ByteBufferPicture {
    /// New pictures, one after another.
    static var answers: [ScriptedAnswer] {
        (1...400).map { .http(body: .init(bytes: TestJPEG.picture(seed: UInt64($0)).bytes)) }
    }
}

/// Asks a gallery for all that its description says it has.
private struct GalleryVisit {
    let root: String
    let options: [String]

    private func answer(_ path: String, _ more: String...) async throws -> String {
        try await Curl.answer("-i", root + path, also: options + more)
    }

    /// By path.
    func everything() async throws -> [String: String] {
        var answers: [String: String] = [:]
        let description = try await answer("/api/v1/openapi.yaml")
        let since = "2020-01-01T00:00:00.000Z"
        let queries = [
            "/cameras/{camera}/at": "?at=2099-01-01T00:00:00.000Z",
            "/cameras/{camera}/timeline": "?level=20&from=2026-01-01T00:00:00.000Z&until=2027-01-01T00:00:00.000Z",
            "/cameras/{camera}/curves": "?level=20&from=2026-01-01T00:00:00.000Z&until=2027-01-01T00:00:00.000Z",
            "/cameras/{camera}/when": "?region=0,0,64,64", "/reel": "?camera=porch", "/heat": "?year=2026",
            "/coverage": "?since=\(since)&until=2099-01-01T00:00:00.000Z", "/timelapses/plan": "?camera=porch",
        ]
        var path: String?
        var asked = 0
        for line in description.split(whereSeparator: \.isNewline) {
            if let match = line.wholeMatch(of: #/  (/[^:]*):/#) { path = String(match.1) }
            guard let pattern = path, line.hasPrefix("    get:") else { continue }
            for camera in pattern.contains("{camera}") ? ["porch", "printer", "gone", "nobody"] : ["porch"] {
                let place = "/api/v1" + Self.filled(pattern, camera) + (queries[pattern] ?? "")
                let isEndless = pattern == "/events"
                let text = try await answer(place, "--max-time", isEndless ? "3" : "20")
                answers[camera == "porch" ? pattern : "\(pattern) \(camera)"] = text
                if camera == "porch", !pattern.contains("{timelapse}"), !pattern.contains("{print}") {
                    #expect(text.hasPrefix("HTTP/1.1 200"), "\(place): \(text.prefix(300))")
                }
            }
            asked += 1
            path = nil
        }
        #expect(asked > 30)
        // What is not there, and what cannot be.
        for path in ["/api/v1/nothing", "/nothing", "/api/v1/frames/999999", "/api/v1/frames/x", "/api/v1/reel"] {
            answers[path] = try await answer(path)
        }
        answers["a change without its token"] = try await answer("/api/v1/marks", "-d", "{}")
        for path in Assets.paths { answers["/" + path] = try await answer("/" + path) }
        return answers
    }

    private static func filled(_ pattern: String, _ camera: String) -> String {
        var path = pattern
        for (part, value) in [
            ("{camera}", camera), ("{frame}", "1"), ("{print}", "1"), ("{timelapse}", "none"), ("{level}", "6"),
            ("{index}", "100"),
        ] { path.replace(part, with: value) }
        return path
    }
}
