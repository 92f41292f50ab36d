import Foundation
import HTTP
import Simulator
import Testing
import Tunnel
import Vocabulary

@Suite(.timeLimit(.minutes(1))) struct `The authorize command for OctoPrint` {
    private let camera: CameraName

    init() throws {
        camera = try CameraName("left")
    }

    /// A tunnel that is stored already, to a printer whose OctoPrint wants a key.
    private func with(
        _ decision: KeyDecision? = nil, _ body: (ProgramBench, SimulatedTunnel) async throws -> Void
    ) async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 160, height: 120)
        settings.octoPrintKey = "canary-given"
        settings.keyDecision = decision
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let stored = try await bench.run(
                "authorize", "left", "--endpoint-file", try bench.file("tunnel.txt", tunnel.endpoint))
            #expect(stored.status == 0, "\(stored.messages)")
            try await body(bench, tunnel)
        }
        await tunnel.stop()
    }

    private func key(_ bench: ProgramBench) throws -> Secret? { try bench.store.tunnels()[camera]?.octoPrintKey }

    @Test func `gets a key when its user allows it, and shows it to nobody`() async throws {
        try await with { bench, tunnel in
            let program = try bench.start("authorize", "left", "--octoprint")
            #expect(try await program.says("press “Allow”"))
            #expect(try key(bench) == nil)
            #expect(tunnel.decideKeyRequests(.allow) == 1)
            let result = try await program.result()
            #expect(result.status == 0, "\(result.messages)")
            #expect(result.messages.contains("which is printing, with “Part №1001.gcode” selected"))
            #expect(result.messages.contains("Getting it took \(tunnel.used) of the allowance"))

            let key = try #require(try key(bench))
            let token = try #require(
                tunnel.requests.last { $0.path.contains("appkeys/request/") }?.path.split(separator: "/").last)
            let password = try #require(URLComponents(string: tunnel.endpoint)?.password)
            for secret in [key.revealed, String(token), password] {
                #expect(!(result.messages + result.output).contains(secret))
            }
            #expect(try await bench.run("capture", "left", "--once").status == 0)
        }
    }

    @Test func `ends where it is denied, or nobody decides in time`() async throws {
        try await with(.deny) { bench, _ in
            let denied = try await bench.run("authorize", "left", "--octoprint")
            #expect(denied.status == 1 && denied.messages.contains("denied"), "\(denied.messages)")
            #expect(try key(bench) == nil)
        }
        try await with { bench, _ in
            let late = try await bench.run("authorize", "left", "--octoprint", "--wait", "200ms")
            #expect(late.status == 1 && late.messages.contains("within 200ms"), "\(late.messages)")
        }
    }

    @Test func `ends when it is interrupted`() async throws {
        try await with { bench, _ in
            let program = try bench.start("authorize", "left", "--octoprint")
            #expect(try await program.says("press “Allow”"))
            program.signal(SIGINT)
            #expect(try await program.result().status == 130)
        }
    }

    @Test func `takes a key from a file, keeps what cannot be tried now, and nothing that is refused`() async throws {
        try await with { bench, tunnel in
            let wrong = try await bench.run(
                "authorize", "left", "--octoprint-key-file", try bench.file("wrong", "canary-wrong"))
            #expect(wrong.status == 12 && !wrong.messages.contains("canary"), "\(wrong.messages)")
            let none = try await bench.run(
                "authorize", "left", "--octoprint-key-file", try bench.file("none", "canary canary"))
            #expect(none.status == 78 && !none.messages.contains("canary"), "\(none.messages)")
            #expect(try key(bench) == nil)

            let file = try bench.file("key", "canary-given\n")
            tunnel.set(Fault(.status(482)))
            let untried = try await bench.run("authorize", "left", "--octoprint-key-file", file)
            #expect(untried.status == 3 && untried.messages.contains("not known"), "\(untried.messages)")
            tunnel.clearFaults()
            let works = try await bench.run("authorize", "left", "--octoprint-key-file", file)
            #expect(works.status == 0 && !works.messages.contains("canary"), "\(works.messages)")
            #expect(try key(bench) == Secret("canary-given"))
        }
    }

    @Test func `needs a tunnel first, and goes with nothing else`() async throws {
        try await with { bench, _ in
            let missing = try await bench.run("authorize", "right", "--octoprint")
            #expect(missing.status == 1 && missing.messages.contains("printlapse authorize 'right'"))
            for words in [["--octoprint", "--forget"], ["--octoprint", "--no-browser"]] {
                #expect(try await bench.run("authorize", "left", words[0], words[1]).status == 64)
            }
        }
    }

    @Test func `forgets the key with its tunnel, and keeps it for the next one of the same printer`() async throws {
        try await with { bench, tunnel in
            _ = try await bench.run("authorize", "left", "--octoprint-key-file", try bench.file("key", "canary-given"))
            let again = try await bench.run(
                "authorize", "left", "--endpoint-file", bench.folder.appending(path: "tunnel.txt").path)
            #expect(again.status == 0)
            #expect(try key(bench) == Secret("canary-given"))
            let forgotten = try await bench.run("authorize", "left", "--forget")
            #expect(forgotten.messages.contains("under Application Keys"))
            #expect(try bench.store.tunnels().isEmpty)
        }
    }
}
