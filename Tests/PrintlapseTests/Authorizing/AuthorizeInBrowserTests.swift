import Foundation
import HTTP
import Simulator
import TestSupport
import Testing
import Tunnel
import Vocabulary

/// The program, a real browser, and the simulated server's page whose script redirects as the real one does.
@Suite(.serialized, .timeLimit(.minutes(2))) struct `Authorizing in Chromium` {
    private static func settings(_ redirect: RedirectForm) -> SimulatorSettings {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 160, height: 120)
        settings.redirect = redirect
        return settings
    }

    @Test(arguments: RedirectForm.allCases)
    func `stores a tunnel that works, and leaves no secret in the browser`(redirect: RedirectForm) async throws {
        let tunnel = try await SimulatedTunnel.start(Self.settings(redirect))
        try await ProgramBench.with { bench in
            let flow = try AuthorizeRun(in: bench, server: tunnel.accountURL, "--no-browser")
            let address = try await flow.address()
            #expect(
                address.hasPrefix(
                    "\(tunnel.authorizationURL)?app=Printlapse&success_redirect_url=http%3A%2F%2F127.0.0.1%3A"))

            try await Chromium.with { browser in
                try await browser.open(address)
                try await browser.wait(until: "document.getElementById('authorize')")
                #expect(try await browser.evaluate("document.getElementById('app').textContent") == "Printlapse")
                _ = try await browser.evaluate("document.getElementById('authorize').click()")
                try await browser.wait(until: "location.pathname == '/done' && document.readyState == 'complete'")

                #expect(
                    try await browser.evaluate("location.href").wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+\/done/) != nil
                )
                #expect(
                    try await browser.evaluate("document.querySelector('h1').textContent") == "Printlapse is authorized"
                )
                #expect(try await browser.evaluate("document.referrer") == "")
                // Our style is let through by the policy: its ground colour is there.
                #expect(
                    try await browser.evaluate("getComputedStyle(document.body).display") == "grid")
                let history = try await browser.history()
                #expect(history.contains { $0.hasSuffix("/done") })
                #expect(!history.contains { $0.contains("tunnel_endpoint") })
            }

            let result = try await flow.end()
            #expect(result.status == 0, "\(result.messages)")
            #expect(result.messages.contains("“printer” is authorized"))
            let camera = try CameraName("printer")
            let stored = try #require(try flow.store.tunnels()[camera])
            #expect(stored.server?.description == tunnel.accountURL)
            #expect(!tunnel.endpoint.contains(stored.endpoint.credentials.user.revealed))
            for text in [result.output, result.messages] {
                #expect(!text.contains(stored.endpoint.credentials.password.revealed))
            }
            let captured = try await bench.run("capture", "printer", "--once")
            #expect(captured.status == 0, "\(captured.messages)")
        }
        await tunnel.stop()
    }

    @Test func `says on the page and at the terminal that a tunnel was refused, and stores nothing`() async throws {
        var settings = Self.settings(.asServed)
        settings.faults = [try Fault(parsing: "401 on usage")]
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let flow = try AuthorizeRun(in: bench, server: tunnel.accountURL, "--no-browser")
            let address = try await flow.address()
            try await Chromium.with { browser in
                try await browser.open(address)
                try await browser.wait(until: "document.getElementById('authorize')")
                _ = try await browser.evaluate("document.getElementById('authorize').click()")
                try await browser.wait(until: "location.pathname == '/done' && document.readyState == 'complete'")
                #expect(
                    try await browser.evaluate("document.querySelector('h1').textContent")
                        == "Printlapse could not use the tunnel")
            }
            let result = try await flow.end()
            #expect(result.status == 12, "\(result.messages)")
            #expect(try flow.store.tunnels().isEmpty)
        }
        await tunnel.stop()
    }
}

/// A running `printlapse authorize printer`.
struct AuthorizeRun {
    let store: CredentialStore
    let program: Program

    init(
        in bench: ProgramBench, server: String, _ arguments: String..., environment: [String: String] = [:],
        input: FileHandle = .nullDevice
    ) throws {
        store = bench.store
        program = try Program(
            ["authorize", "printer", "--server", server] + arguments, in: bench.folder, environment: environment,
            input: input)
    }

    /// The page's address, once it is printed.
    func address() async throws -> String {
        try await line(of: program.output)
    }

    /// What has been said so far.
    func said() throws -> String { try program.messagesSoFar() }

    func line(of file: URL) async throws -> String {
        var text = ""
        try await wait(for: "a line of output") {
            text = String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
            if text.hasSuffix("\n") { return true }
            guard program.isRunning else { throw Chromium.Failure(reason: "it ended: \(try said())") }
            return false
        }
        return String(text.dropLast())
    }

    func end() async throws -> Program.Result { try await program.result() }
}
