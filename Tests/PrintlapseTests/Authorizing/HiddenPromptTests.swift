import Foundation
import HTTP
import Simulator
import TestSupport
import Testing
import Tunnel
import Vocabulary

@Suite(.timeLimit(.minutes(1))) struct `Pasting at the prompt` {
    private static func with(_ body: (ProgramBench, SimulatedTunnel, TestTerminal) async throws -> Void) async throws {
        let tunnel = try await SimulatedTunnel.start()
        let terminal = try TestTerminal()
        try await ProgramBench.with { try await body($0, tunnel, terminal) }
        close(terminal.near)
        await tunnel.stop()
    }

    private static func waitForSilence(of terminal: TestTerminal, _ run: AuthorizeRun) async throws {
        try await wait(for: "the terminal to fall silent") { !terminal.echoes || !run.program.isRunning }
    }

    @Test func `works while the listener waits, shows nothing of it, and asks again after nonsense`() async throws {
        try await Self.with { bench, tunnel, terminal in
            let run = try AuthorizeRun(in: bench, server: tunnel.accountURL, input: terminal.far)
            try await Self.waitForSilence(of: terminal, run)
            terminal.type("https://canary@nonsense\n")
            try await wait(for: "what was typed to be refused") {
                try run.said().contains("has no user and password") || !run.program.isRunning
            }
            terminal.type("\(tunnel.accountURL)/tunnels/succeeded/?tunnel_endpoint=\(tunnel.endpoint)\n")
            let result = try await run.end()
            #expect(result.status == 0, "\(result.messages)")
            let camera = try CameraName("printer")
            let stored = try #require(try bench.store.tunnels()[camera])
            #expect(try stored.endpoint == TunnelEndpoint(parsing: tunnel.endpoint))
            for text in [terminal.shown(), result.messages, result.output] {
                #expect(!text.contains("canary") && !text.contains(stored.endpoint.credentials.password.revealed))
            }
            #expect(terminal.echoes)
        }
    }

    @Test func `leaves the terminal as it was when it is interrupted`() async throws {
        try await Self.with { bench, tunnel, terminal in
            let run = try AuthorizeRun(in: bench, server: tunnel.accountURL, input: terminal.far)
            try await Self.waitForSilence(of: terminal, run)
            run.program.signal(SIGINT)
            #expect(try await run.end().status == 130)
            #expect(terminal.echoes)
        }
    }

    @Test func `is what --endpoint-file - does at a terminal`() async throws {
        try await Self.with { bench, tunnel, terminal in
            let run = try AuthorizeRun(
                in: bench, server: tunnel.accountURL, "--endpoint-file", "-", input: terminal.far)
            try await Self.waitForSilence(of: terminal, run)
            terminal.type(tunnel.endpoint + "\n")
            #expect(try await run.end().status == 0)
            #expect(!terminal.shown().contains(tunnel.endpoint))
        }
    }
}
