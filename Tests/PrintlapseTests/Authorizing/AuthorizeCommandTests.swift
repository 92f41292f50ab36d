import Foundation
import HTTP
import Simulator
import Testing
import Tunnel
import Vocabulary

@Suite(.timeLimit(.minutes(1))) struct `The authorize command` {
    private static func with(
        _ fault: String? = nil, _ body: (ProgramBench, SimulatedTunnel) async throws -> Void
    ) async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 160, height: 120)
        settings.faults = try fault.map { [try Fault(parsing: $0)] } ?? []
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { try await body($0, tunnel) }
        await tunnel.stop()
    }

    @Test func `takes an endpoint from a file, so that capture and usage need none`() async throws {
        try await Self.with { bench, tunnel in
            for camera in ["left", "right"] {
                let stored = try await bench.run(
                    "authorize", camera, "--endpoint-file", try bench.file("tunnel.txt", tunnel.endpoint + "\n"))
                #expect(stored.status == 0, "\(stored.messages)")
            }
            try FileManager.default.removeItem(at: bench.folder.appending(path: "tunnel.txt"))

            let one = try await bench.run("capture", "left", "--once", "--json")
            #expect(one.status == 0, "\(one.messages)")
            let all = try await bench.run("capture", "--once", "--json")
            #expect(all.status == 0 && all.messages.contains(" right: "), "\(all.messages)")
            let usage = try await bench.run("usage", "right")
            #expect(usage.output.contains("Used "), "\(usage.messages)")
            let which = try await bench.run("usage")
            #expect(which.status == 64 && which.messages.contains("left, right"))
            let nobody = try await bench.run("capture", "nobody", "--once")
            #expect(nobody.status == 64 && nobody.messages.contains("printlapse authorize 'nobody'"))
        }
    }

    @Test func `serves a configured camera that has no source`() async throws {
        try await Self.with { bench, tunnel in
            let configuration = try bench.file("config.yaml", "cameras:\n  - name: left\n    interval: 5s\n")
            let missing = try await bench.run("capture", "--config", configuration, "--once")
            #expect(missing.status == 78 && missing.messages.contains("printlapse authorize 'left'"))
            _ = try await bench.run(
                "authorize", "left", "--endpoint-file", try bench.file("tunnel.txt", tunnel.endpoint))
            #expect(try await bench.run("capture", "--config", configuration, "--once").status == 0)
            let given = try await bench.run(
                "capture", "--config", configuration, "--once", environment: ["PRINTLAPSE_TUNNEL": "https://host"])
            #expect(given.messages.contains("no user and password"), "the environment stands above the store")
        }
    }

    @Test(arguments: ["PRINTLAPSE_TUNNEL_FILE", "CREDENTIALS_DIRECTORY"])
    func `is not needed where a service manager hands the tunnel over`(variable: String) async throws {
        try await Self.with { bench, tunnel in
            let file = try bench.file("tunnel", tunnel.endpoint)
            let value = variable == "CREDENTIALS_DIRECTORY" ? bench.folder.path : file
            let captured = try await bench.run("capture", "--once", environment: [variable: value])
            #expect(captured.status == 0, "\(captured.messages)")
            #expect(try await bench.run("usage", environment: [variable: value]).status == 0)
        }
    }

    @Test func `forgets, and says how to revoke`() async throws {
        try await Self.with { bench, tunnel in
            _ = try await bench.run(
                "authorize", "left", "--endpoint-file", try bench.file("tunnel.txt", tunnel.endpoint))
            let forgotten = try await bench.run("authorize", "--forget", "left")
            #expect(forgotten.status == 0)
            #expect(forgotten.messages.contains("Preferences → Authorized Apps"))
            #expect(try bench.store.tunnels().isEmpty)
            #expect(try await bench.run("authorize", "--forget", "left").status == 1)
        }
    }

    @Test func `keeps what the server cannot prove now, and nothing that it refuses`() async throws {
        try await Self.with("503 on usage") { bench, tunnel in
            let file = try bench.file("tunnel.txt", tunnel.endpoint)
            let kept = try await bench.run("authorize", "left", "--endpoint-file", file)
            #expect(kept.status == 3 && kept.messages.contains("not known"))
            #expect(try bench.store.tunnels().count == 1)
            tunnel.clearFaults()
            tunnel.revokeTunnels()
            #expect(try await bench.run("authorize", "right", "--endpoint-file", file).status == 12)
            #expect(try bench.store.tunnels().count == 1)
        }
    }

    @Test func `gives up in time, and refuses wrong words before it listens`() async throws {
        try await Self.with { bench, tunnel in
            let late = try await bench.run(
                "authorize", "left", "--server", tunnel.accountURL, "--wait", "100ms")
            #expect(late.status == 1 && late.messages.contains("No authorization came within 100ms"))
            for words in [["--server", "app.obico.io"], ["--forget", "--no-browser"]] {
                let wrong = try await bench.run("authorize", "left", words[0], words[1])
                #expect(wrong.status == 64 && wrong.output.isEmpty, "\(wrong.messages)")
            }
        }
    }

    @Test func `refuses at once where the credentials could not be kept privately`() async throws {
        try await Self.with { bench, tunnel in
            _ = try await bench.run(
                "authorize", "left", "--endpoint-file", try bench.file("tunnel.txt", tunnel.endpoint))
            chmod(bench.store.path, 0o644)
            let refused = try await bench.run("authorize", "right", "--server", tunnel.accountURL)
            #expect(refused.status == 78 && refused.output.isEmpty)
            #expect(refused.messages.contains("chmod 600 "))
            #expect(try await bench.run("capture", "left", "--once").status == 78)
        }
    }

    @Test func `opens the browser where there is a display, and nowhere else`() async throws {
        try await Self.with { bench, tunnel in
            let opened = bench.folder.appending(path: "opened")
            let opener = try bench.file("xdg-open", "#!/bin/sh\nprintf '%s\\n' \"$1\" >'\(opened.path)'\n")
            chmod(opener, 0o700)
            let path = bench.folder.path + ":/usr/bin:/bin"
            func run(_ arguments: String..., environment: [String: String]) async throws -> AuthorizeRun {
                let run = try AuthorizeRun(
                    in: bench, server: tunnel.accountURL, "--wait", "30s", arguments.first ?? "--wait=30s",
                    environment: environment.merging(["PATH": path]) { $1 })
                _ = try await run.address()
                return run
            }
            let quiet = try await run("--no-browser", environment: ["DISPLAY": ":0"])
            try await interrupt(quiet)
            let headless = try await run(environment: [:])
            try await interrupt(headless)
            #expect(!FileManager.default.fileExists(atPath: opened.path))
            let shown = try await run(environment: ["WAYLAND_DISPLAY": "wayland-0"])
            #expect(try await shown.line(of: opened) == shown.address())
            try await interrupt(shown)
        }
    }

    private func interrupt(_ run: AuthorizeRun) async throws {
        run.program.signal(SIGINT)
        #expect(try await run.end().status == 130)
    }
}
