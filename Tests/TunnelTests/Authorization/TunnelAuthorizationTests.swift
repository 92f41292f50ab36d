import HTTP
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Tunnel

@Suite(.timeLimit(.minutes(1))) struct `An authorization` {
    private static let raw = "http://user:password@127.0.0.1:8000"
    private let endpoint: TunnelEndpoint
    private let page: AuthorizationPage

    init() throws {
        endpoint = try TunnelEndpoint(parsing: Self.raw)
        page = try AuthorizationPage(server: "https://app.example.org", app: try AppName("<Great> & \"App\""))
    }

    /// The browser of a test asks as soon as the machine lets it.
    private static var patient: CallbackLimits {
        var limits = CallbackLimits()
        (limits.requestTime, limits.connectionTime, limits.lastPageTime) = (.seconds(50), .seconds(50), .seconds(50))
        return limits
    }

    /// Runs a flow with `browser` in the browser's place.
    ///
    /// - Returns: the endpoint that was accepted, and what the browser saw.
    private func run<Seen: Sendable>(
        limits: CallbackLimits = patient,
        accept: (TunnelEndpoint) async throws -> TunnelEndpoint = { $0 },
        browser: @escaping @Sendable (PresentedCallback) async throws -> Seen
    ) async throws -> (TunnelEndpoint, Seen) {
        let (addresses, presented) = AsyncStream<String>.makeStream()
        // No child task: a browser goes on when the flow throws.
        let seen = Task { try await Self.visit(addresses, browser) }
        let flow = TunnelAuthorization(
            page: page, timeLimit: .seconds(300), clock: ContinuousClock(), limits: limits)
        let accepted = try await flow.run(
            present: {
                presented.yield($0)
                presented.finish()
            }, accept: accept)
        return (accepted, try await seen.value)
    }

    private static func visit<Seen>(
        _ addresses: AsyncStream<String>, _ browser: (PresentedCallback) async throws -> Seen
    ) async throws -> Seen {
        for await address in addresses { return try await browser(try PresentedCallback(in: address)) }
        throw CancellationError()
    }

    @Test func `ends on a page that holds no secret, and then nobody listens`() async throws {
        let (accepted, (callback, answers)) = try await run { callback in
            let first = try await LoopbackClient(port: callback.port).get(
                "\(callback.path)?tunnel_endpoint=\(Self.raw)")
            return (callback, [first, try await LoopbackClient(port: callback.port).get("/done")])
        }
        #expect(accepted == endpoint)

        #expect(answers[0].hasPrefix("HTTP/1.1 303 See Other\r\n"))
        #expect(answers[0].contains("\r\nLocation: /done\r\n"))
        #expect(answers[1].hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answers[1].contains("<h1>&lt;Great&gt; &amp; &quot;App&quot; is authorized</h1>"))
        for answer in answers {
            #expect(answer.contains("\r\nReferrer-Policy: no-referrer\r\n"))
            #expect(answer.contains("\r\nCache-Control: no-store\r\n"))
            #expect(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"))
            #expect(answer.contains("\r\nContent-Security-Policy: default-src 'none';"))
            #expect(!answer.contains("password") && !answer.contains(callback.path) && !answer.contains("unsafe"))
        }
        // Late: the flow is over, and so is the listener.
        await #expect(throws: LoopbackClient.Refused.self) {
            try await LoopbackClient(port: callback.port).get("\(callback.path)?tunnel_endpoint=\(Self.raw)")
        }
    }

    @Test func `is changed by no favicon, HEAD, guess, foreign host or second callback`() async throws {
        let (accepted, statuses) = try await run { callback in
            let target = "\(callback.path)?tunnel_endpoint="
            func status(_ answer: String) -> String { String(answer.dropFirst(9).prefix(3)) }
            var statuses = [
                status(try await LoopbackClient(port: callback.port).get("/favicon.ico")),
                status(
                    try await LoopbackClient(port: callback.port).get(target + "http://forged:p@host", method: "HEAD")),
                status(
                    try await LoopbackClient(port: callback.port).get(
                        "/00000000000000000000000000000000?tunnel_endpoint=http://forged:p@host")),
                status(
                    try await LoopbackClient(port: callback.port).exchange(
                        "GET \(target)http://forged:p@host HTTP/1.1\r\nHost: evil.example\r\n\r\n")),
                status(try await LoopbackClient(port: callback.port).get("/done")),
            ]
            statuses.append(status(try await LoopbackClient(port: callback.port).get(target + Self.raw)))
            statuses.append(
                status(try await LoopbackClient(port: callback.port).get(target + "http://forged:p@host")))
            statuses.append(status(try await LoopbackClient(port: callback.port).get("/done")))
            return statuses
        }
        #expect(statuses == ["404", "405", "404", "421", "404", "303", "410", "200"])
        #expect(accepted == endpoint)
    }

    @Test func `answers HEAD without a body`() async throws {
        let (_, answer) = try await run { callback in
            let answer = try await LoopbackClient(port: callback.port).get(callback.path, method: "HEAD")
            _ = try await LoopbackClient(port: callback.port).get("\(callback.path)?tunnel_endpoint=\(Self.raw)")
            _ = try await LoopbackClient(port: callback.port).get("/done")
            return answer
        }
        #expect(answer.hasSuffix("\r\n\r\n") && answer.contains("\r\nAllow: GET\r\n"))
    }

    @Test func `tells the browser when the tunnel was not accepted, and throws the reason`() async throws {
        struct Refused: Error {}
        let (pages, page) = AsyncStream<String>.makeStream()
        let refuse: (TunnelEndpoint) async throws -> TunnelEndpoint = { _ in throw Refused() }
        await #expect(throws: Refused.self) {
            try await run(accept: refuse) { callback in
                _ = try await LoopbackClient(port: callback.port).get("\(callback.path)?tunnel_endpoint=\(Self.raw)")
                page.yield(try await LoopbackClient(port: callback.port).get("/done"))
                page.finish()
            }
        }
        var texts: [String] = []
        for await text in pages { texts.append(text) }
        #expect(texts.count == 1 && texts[0].contains("could not use the tunnel"))
    }

    @Test func `takes an endpoint that is pasted while the listener waits`() async throws {
        let (pasted, paste) = AsyncStream<TunnelEndpoint>.makeStream()
        let flow = TunnelAuthorization(page: page)
        let own = endpoint
        let accepted = try await flow.run(
            present: { _ in paste.yield(own) },
            pasted: {
                for await endpoint in pasted { return endpoint }
                return nil
            }, accept: { $0 })
        #expect(accepted == endpoint)
    }

    @Test func `ends clearly when its time is over, not earlier, and nobody listens`() async throws {
        let clock = ManualClock()
        let (addresses, presented) = AsyncStream<String>.makeStream()
        let flow = TunnelAuthorization(page: page, clock: clock)
        let running = Task {
            try await flow.run(present: { presented.yield($0) }, accept: { $0 })
        }
        var iterator = addresses.makeAsyncIterator()
        let callback = try PresentedCallback(in: try #require(await iterator.next()))
        while clock.deadlines.isEmpty { await Task.yield() }
        #expect(clock.deadlines == [.seconds(300)])
        clock.advance(by: .milliseconds(299_999))
        #expect(try await LoopbackClient(port: callback.port).get("/").hasPrefix("HTTP/1.1 404"))
        clock.advance(by: .milliseconds(1))

        let error = await #expect(throws: AuthorizationError.self) { try await running.value }
        #expect(error == .timedOut(after: .seconds(300)))
        #expect(error?.description == "No authorization came within 5m; nothing was stored.")
        // What its owner has to set on a server of their own, whose page says nothing.
        for setting in ["OCTOPRINT_TUNNEL_PORT_RANGE", "0-0", "Site domain"] {
            #expect(error?.hint.contains(setting) == true, "\(setting)")
        }
        await #expect(throws: LoopbackClient.Refused.self) {
            try await LoopbackClient(port: callback.port).get("/")
        }
    }

    @Test func `ends at once when it is cancelled`() async throws {
        let (addresses, presented) = AsyncStream<String>.makeStream()
        let flow = TunnelAuthorization(page: page)
        let running = Task {
            try await flow.run(present: { presented.yield($0) }, accept: { $0 })
        }
        for await _ in addresses { break }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
    }

    @Test func `lets no client be slow, send much, or come in crowds`() async throws {
        var limits = Self.patient
        (limits.requestTime, limits.requestBytes, limits.connections) = (.seconds(1), 2000, 3)
        let (accepted, answers) = try await run(limits: limits) { callback in
            let slow = try await LoopbackClient(port: callback.port).exchange("GET / HTTP/1.1\r\nHost: ")
            let large = try await LoopbackClient(port: callback.port).exchange(
                "GET / HTTP/1.1\r\nCookie: " + String(repeating: "a", count: 4000))
            // All end, the surplus ones without waiting for the time of the others.
            try await withThrowingTaskGroup(of: String.self) { crowd in
                for _ in 0..<20 { crowd.addTask { try await LoopbackClient(port: callback.port).exchange("") } }
                for try await answer in crowd { #expect(answer.isEmpty) }
            }
            _ = try await LoopbackClient(port: callback.port).get("\(callback.path)?tunnel_endpoint=\(Self.raw)")
            _ = try await LoopbackClient(port: callback.port).get("/done")
            return [slow, large]
        }
        #expect(answers == ["", ""])
        #expect(accepted == endpoint)
    }
}

@Suite struct `The proof of a tunnel` {
    private func proof(_ status: Int, _ body: String = "") async throws -> Proof<UsageReading> {
        let response = HTTPExchangeResponse(status: status, body: ByteBuffer(string: body))
        return try await client(response).prove(at: Timestamp(milliseconds: 0))
    }

    @Test func `is the reading of one usage call`() async throws {
        let transport = CannedTransport(.ok(#"{"total": 7, "monthly_cap": -1, "reset_in_seconds": 60.0}"#))
        let tunnel = TunnelClient(
            endpoint: try TunnelEndpoint(parsing: "https://u:p@tunnel.example.org"), transport: transport)
        guard case .works(let reading) = try await tunnel.prove(at: Timestamp(milliseconds: 0)) else {
            throw CancellationError()
        }
        #expect(reading.total == ByteCount(7))
        #expect(transport.requests.map(\.address.path) == ["/_tsd_/tunnelusage/"])
    }

    @Test(arguments: [401, 403, 404, 484])
    func `fails where the tunnel is refused or none`(status: Int) async {
        await #expect(throws: TunnelError.self) { try await proof(status) }
    }

    @Test func `fails where a page answers that is no tunnel's`() async {
        await #expect(throws: TunnelError.self) { try await proof(200, "<html>Welcome</html>") }
    }

    @Test(arguments: [429, 481, 482, 483, 500, 502, 503, 504])
    func `stays open where the credentials are not to blame, so that they are not lost`(status: Int) async throws {
        guard case .unknown = try await proof(status) else {
            Issue.record("\(status) is taken for a proof")
            return
        }
    }
}
