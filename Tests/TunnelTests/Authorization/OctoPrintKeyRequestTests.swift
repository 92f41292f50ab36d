import HTTP
import NIOCore
import Simulator
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Tunnel

@Suite(.timeLimit(.minutes(1))) struct `A request for a key of OctoPrint` {
    /// The bench of one request: a simulated tunnel that lives by the request's clock.
    private struct Bench: Sendable {
        let tunnel: SimulatedTunnel
        let client: TunnelClient
        let request: OctoPrintKeyRequest
        let charged = Charged()

        func run(present: @escaping @Sendable () async -> Void = {}) async throws -> Secret {
            try await request.run(present: present, charge: charged.add)
        }

        /// How often the token was asked for.
        var polls: Int { tunnel.requests.count { $0.path.hasPrefix("/plugin/appkeys/request/") } }
    }

    private final class Charged: Sendable {
        private let sum = Mutex(ByteCount.zero)
        var total: ByteCount { sum.withLock(\.self) }
        @Sendable func add(_ bytes: ByteCount) { sum.withLock { $0 += bytes } }
    }

    private func with<Value>(
        _ decision: KeyDecision? = nil, fault: String? = nil, body: (Bench) async throws -> Value
    ) async throws -> Value {
        // The time limit and the pause between two questions.
        let clock = SleepersClock(population: 2)
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 160, height: 120)
        settings.octoPrintKey = "another's"
        settings.keyDecision = decision
        settings.faults = try fault.map { [try Fault(parsing: $0)] } ?? []
        settings.now = { Timestamp(seconds: 1_795_442_400) + clock.now.offset }
        let tunnel = try await SimulatedTunnel.start(settings)
        let connections = HTTPConnections()
        let client = TunnelClient(endpoint: try TunnelEndpoint(parsing: tunnel.endpoint), transport: connections)
        let request = OctoPrintKeyRequest(client: client, app: try AppName("Printlapse"), clock: clock)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(Bench(tunnel: tunnel, client: client, request: request)))
        } catch {
            result = .failure(error)
        }
        await connections.shutdown()
        await tunnel.stop()
        return try result.get()
    }

    @Test func `brings one that OctoPrint knows, and tells all that it cost`() async throws {
        try await with { bench in
            let key = try await bench.run { _ = bench.tunnel.decideKeyRequests(.allow) }
            #expect(bench.charged.total == bench.tunnel.used)
            #expect(try await bench.client.job(apiKey: key).value.isActive)
            let stranger = await tunnelError { try await bench.client.job(apiKey: Secret("wrong")) }
            #expect(stranger?.label == "forbidden")
        }
    }

    @Test func `goes on asking while nobody decides, often enough not to be dropped`() async throws {
        try await with { bench in
            let error = await #expect(throws: AuthorizationError.self) { _ = try await bench.run() }
            #expect(error == .timedOut(after: .seconds(300)))
            // Dropped after 5 s it would have been told that it was denied.
            #expect((75...151).contains(bench.polls))
        }
    }

    @Test func `is over when it is denied`() async throws {
        try await with(.deny) { bench in
            let error = await #expect(throws: AuthorizationError.self) { _ = try await bench.run() }
            #expect(error == .keyDenied)
            #expect(bench.polls == 2)
        }
    }

    @Test(arguments: ["404 on octoprint", "403 on octoprint", "html on octoprint"])
    func `is not made where nobody offers keys`(fault: String) async throws {
        try await with(.allow, fault: fault) { bench in
            let error = await #expect(throws: AuthorizationError.self) { _ = try await bench.run() }
            #expect(error == .keysNotOffered)
            #expect(error?.hint.contains("Application Keys") == true)
            #expect(bench.tunnel.requests.map(\.method) == ["GET"])
        }
    }

    /// The last one loses an answer, the others the question.
    @Test(arguments: [("483 next 2 on octoprint", 4), ("502 next 2 on octoprint", 4), ("reset next 1 on octoprint", 2)])
    func `outlives questions that are lost on their way`(fault: String, polls: Int) async throws {
        try await with(.allow) { bench in
            let fault = try Fault(parsing: fault)
            _ = try await bench.run { bench.tunnel.set(fault) }
            #expect(bench.polls == polls)
        }
    }

    @Test(arguments: [(481, "over_cap"), (401, "unauthorized"), (429, "too_many_requests")])
    func `ends where asking again is of no use`(status: Int, label: String) async throws {
        try await with(.allow, fault: "\(status) on octoprint") { bench in
            #expect(await tunnelError { try await bench.run() }?.label == label)
        }
    }

    /// Runs a request that is answered by script.
    private func run(_ answers: [ScriptedAnswer]) async throws -> (Secret?, TunnelError?, ScriptedServer) {
        let server = try await ScriptedServer.start(answers)
        let connections = HTTPConnections()
        let client = TunnelClient(
            endpoint: try TunnelEndpoint(parsing: "http://u:p@127.0.0.1:\(server.port)"), transport: connections)
        let request = OctoPrintKeyRequest(client: client, app: try AppName(#"A "\" ü"#))
        var key: Secret?
        let error = await tunnelError { key = try await request.run(present: {}, charge: { _ in }) }
        await connections.shutdown()
        await server.stop()
        return (key, error, server)
    }

    @Test func `takes no more than the token from the location`() async throws {
        try await ScriptedServer.with(.http(text: #"{"api_key": "FORGED"}"#)) { other in
            let (key, _, server) = try await run([
                .http(204), .http(201, headers: [("Location", "\(other.url)/plugin/appkeys/request/T0_k-en")]),
                .http(text: #"{"api_key": "KEY"}"#),
            ])
            #expect(key == Secret("KEY"))
            #expect(other.connections == 0)
            #expect(
                server.requests.map(\.target) == [
                    "/plugin/appkeys/probe", "/plugin/appkeys/request", "/plugin/appkeys/request/T0_k-en",
                ])
            #expect(server.requests[1].body == #"{"app": "A \"\\\" ü"}"#)
        }
    }

    @Test(arguments: ["../../api/x", "a?b=canary", "a b", "", "ü", String(repeating: "a", count: 300)])
    func `refuses a token that would make another path`(token: String) async throws {
        let (key, error, server) = try await run([.http(204), .http(201, text: #"{"app_token": "\#(token)"}"#)])
        #expect(key == nil)
        #expect(error?.label == "unexpected_json")
        #expect(error?.message.contains("canary") == false)
        #expect(server.requests.count == 2)
    }

    @Test(arguments: [#"{"api_key": null}"#, #"{"api_key": "two words"}"#, #"{"api_key": "a\r\nb"}"#, "{}"])
    func `refuses a key that is none`(body: String) async throws {
        let (key, error, _) = try await run([.http(204), .http(201, text: #"{"app_token": "T"}"#), .http(text: body)])
        #expect(key == nil)
        #expect(error?.label == "unexpected_json")
    }
}
