import Foundation
import HTTP
import Simulator
import TestSupport
import Testing
import Tunnel
import Vocabulary

@Suite(.timeLimit(.minutes(1))) struct `Pasting at the prompt` {
    /// Both ends of a terminal.
    private struct Terminal {
        let near: Int32
        let far: FileHandle

        init() throws {
            // What posix_openpt, unlockpt and ptsname do, which Swift's Glibc leaves out: ioctl_tty(2).
            near = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
            var (locked, number): (Int32, Int32) = (0, 0)
            let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
            try #require(ioctl(near, setLock, &locked) == 0 && ioctl(near, getNumber, &number) == 0)
            let descriptor = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
            try #require(descriptor >= 0)
            far = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        }

        var echoes: Bool {
            var settings = termios()
            tcgetattr(near, &settings)
            return settings.c_lflag & tcflag_t(ECHO) != 0
        }

        func type(_ text: String) {
            _ = Array(text.utf8).withUnsafeBytes { write(near, $0.baseAddress, $0.count) }
        }

        /// What is on the screen.
        func shown() -> String {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = read(near, &bytes, bytes.count)
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }
    }

    private static func with(_ body: (ProgramBench, SimulatedTunnel, Terminal) async throws -> Void) async throws {
        let tunnel = try await SimulatedTunnel.start()
        let terminal = try Terminal()
        try await ProgramBench.with { try await body($0, tunnel, terminal) }
        close(terminal.near)
        await tunnel.stop()
    }

    private static func waitForSilence(of terminal: Terminal, _ run: AuthorizeRun) async throws {
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
