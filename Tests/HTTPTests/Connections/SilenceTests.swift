import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import HTTP

@Suite(.timeLimit(.minutes(1))) struct `Silence` {
    private func fetch(
        _ url: String, by connections: HTTPConnections, usefulFor left: Duration, mayAnswerLate: Bool = false
    ) async throws -> (Result<HTTPExchangeResponse, HTTPError>, took: Duration) {
        let (address, _) = try WebAddress.withCredentials(parsing: url, as: .camera)
        var request = HTTPExchangeRequest(address)
        request.reading = AnswerReading(usefulFor: left, mayAnswerLate: mayAnswerLate)
        let start = ContinuousClock.now
        do throws(HTTPError) {
            let response = try await connections.send(request, within: .seconds(30), atMost: ByteCount(100_000))
            return (.success(response), .now - start)
        } catch {
            return (.failure(error), .now - start)
        }
    }

    private static let head = ScriptedAnswer.head(headers: [("Content-Length", "10")])

    @Test(arguments: [("", 0), ("four", 4)])
    func `after the head, with the connection left open, is a torn answer`(body: String, count: Int) async throws {
        let answer = ScriptedAnswer([.send(Self.head), .text(body), .silence])
        try await ScriptedServer.with(answer, .http(text: "JPEG")) { server in
            try await withConnections { connections in
                let (result, took) = try await fetch(server.url, by: connections, usefulFor: .seconds(1))
                guard case .failure(let error) = result else {
                    Issue.record("\(result)")
                    return
                }
                #expect(error.isTorn)
                #expect(error.bytesReceived == ByteCount(count))
                // Half of what is left, and on a loaded machine something on top of it.
                #expect(took >= .milliseconds(450) && took < .seconds(10))
                // The next attempt goes by another connection, and has it.
                let (next, _) = try await fetch(server.url, by: connections, usefulFor: .seconds(1))
                #expect(try next.get().status == 200)
                #expect(server.connections == 2)
            }
        }
    }

    @Test func `that is shorter is none`() async throws {
        let answer = ScriptedAnswer([
            .send(Self.head), .drip(ByteBuffer(string: "0123456789"), every: .milliseconds(100)),
        ])
        try await ScriptedServer.with(answer) { server in
            try await withConnections { connections in
                let (result, _) = try await fetch(server.url, by: connections, usefulFor: .seconds(20))
                #expect(try String(buffer: result.get().body) == "0123456789")
            }
        }
    }

    @Test func `on a connection that was used before is asked about on a new one at once`() async throws {
        try await ScriptedServer.with(.http(text: "a"), .silence, .http(text: "b")) { server in
            try await withConnections { connections in
                _ = try await fetch(server.url, by: connections, usefulFor: .seconds(20)).0.get()
                let (result, took) = try await fetch(server.url, by: connections, usefulFor: .seconds(1))
                #expect(try String(buffer: result.get().body) == "b")
                #expect(took < .seconds(10))
                #expect(server.connections == 2)
            }
        }
    }

    @Test func `where an answer may come late is waited out, so that nothing is paid twice`() async throws {
        let late = ScriptedAnswer([.drip(ByteBuffer(string: "H"), every: .seconds(1)), .text("TTP/1.1 204 No\r\n\r\n")])
        try await ScriptedServer.with(.http(text: "a"), late) { server in
            try await withConnections { connections in
                _ = try await fetch(server.url, by: connections, usefulFor: .seconds(20)).0.get()
                let (result, _) = try await fetch(
                    server.url, by: connections, usefulFor: .milliseconds(500), mayAnswerLate: true)
                #expect(try result.get().status == 204)
                #expect(server.connections == 1)
            }
        }
    }

    @Test func `of a connection that the server has closed costs nothing but a new one`() async throws {
        try await ScriptedServer.with(
            ScriptedAnswer(ScriptedAnswer.http(text: "a").steps), ScriptedAnswer([.close]), .http(text: "b")
        ) { server in
            try await withConnections { connections in
                _ = try await fetch(server.url, by: connections, usefulFor: .seconds(20)).0.get()
                let (next, _) = try await fetch(server.url, by: connections, usefulFor: .seconds(20))
                #expect(try next.get().status == 200)
                #expect(server.requests.count == 3)
            }
        }
    }

    @Test func `never has anything posted twice`() async throws {
        try await ScriptedServer.with(.http(text: "a"), ScriptedAnswer([.close]), .http(text: "b")) { server in
            try await withConnections { connections in
                _ = try await fetch(server.url, by: connections, usefulFor: .seconds(20)).0.get()
                let (address, _) = try WebAddress.withCredentials(parsing: server.url, as: .camera)
                let request = HTTPExchangeRequest(address, method: .post(json: ByteBuffer(string: "{}")))
                let error = await httpError {
                    try await connections.send(request, within: .seconds(20), atMost: ByteCount(1000))
                }
                #expect(error?.isTorn == true)
                #expect(server.requests.map(\.method) == ["GET", "POST"])
            }
        }
    }
}

@Suite struct `A server's manners` {
    @Test func `allow a second and a half, or half of what is left`() {
        let manners = OriginManners()
        #expect(manners.silenceAllowed(within: .seconds(10)) == .seconds(1.5))
        #expect(manners.silenceAllowed(within: .seconds(1)) == .milliseconds(500))
        #expect(manners.silenceAllowed(within: .zero) == OriginManners.shortest)
    }

    @Test func `are learned from good answers that paused`() {
        var manners = OriginManners()
        manners.answered(after: .seconds(3), longestPause: .seconds(2))
        #expect(manners.silenceAllowed(within: .seconds(60)) == .seconds(4))
        #expect(manners.waitAllowed(within: .seconds(60)) == .seconds(6))
        for _ in 0..<8 { manners.answered(after: .zero, longestPause: .zero) }
        #expect(manners.silenceAllowed(within: .seconds(60)) == .seconds(1.5))
    }

    /// As where slots are as short as the time between two uploads.
    @Test func `of one that never pauses save the time that a short slot lacks`() {
        var manners = OriginManners()
        for _ in 0..<OriginManners.answersToKnow { manners.answered(after: .zero, longestPause: .milliseconds(5)) }
        #expect(manners.silenceAllowed(within: .milliseconds(330)) == .milliseconds(60))
        #expect(manners.silenceAllowed(within: .seconds(1)) == .milliseconds(125))
        #expect(manners.silenceAllowed(within: .seconds(10)) == .seconds(1.5))
        manners.answered(after: .zero, longestPause: .milliseconds(80))
        #expect(manners.silenceAllowed(within: .seconds(1)) == .milliseconds(320))
        manners.fellSilent()
        #expect(manners.silenceAllowed(within: .seconds(1)) == .milliseconds(500))
    }

    @Test func `tell whether connections are of use more than once`() {
        var manners = OriginManners()
        manners.forgotConnection()
        #expect(manners.keepsConnections)
        manners.forgotConnection()
        #expect(!manners.keepsConnections)
        manners.answered(after: .zero, longestPause: .zero)
        #expect(!manners.keepsConnections)
        manners.answered(after: .zero, longestPause: .zero, isReused: true)
        #expect(manners.keepsConnections)
    }

    @Test func `are doubted when it is silent time after time`() {
        var manners = OriginManners()
        for _ in 0..<2 { manners.fellSilent() }
        #expect(manners.silenceAllowed(within: .seconds(60)) == .seconds(1.5))
        manners.fellSilent()
        #expect(manners.silenceAllowed(within: .seconds(60)) == .seconds(3))
        for _ in 0..<100 { manners.fellSilent() }
        #expect(manners.silenceAllowed(within: .seconds(60)) == .seconds(24))
        manners.answered(after: .zero, longestPause: .zero)
        #expect(manners.silenceAllowed(within: .seconds(60)) == .seconds(1.5))
    }
}
