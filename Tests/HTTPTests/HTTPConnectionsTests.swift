import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import HTTP

extension HTTPConnections {
    func get(
        _ text: String, within deadline: Duration = .seconds(20), atMost limit: ByteCount = ByteCount(1_000_000)
    ) async throws -> HTTPExchangeResponse {
        let (address, _) = try WebAddress.withCredentials(parsing: text, as: .camera)
        return try await send(HTTPExchangeRequest(address), within: deadline, atMost: limit)
    }
}

@Suite struct `A request over real connections` {
    private func error(
        _ answer: ScriptedAnswer, within deadline: Duration = .seconds(20), atMost limit: ByteCount = ByteCount(100_000)
    ) async throws -> HTTPError? {
        try await ScriptedServer.with(answer) { server in
            try await withConnections { connections in
                await httpError { try await connections.get(server.url, within: deadline, atMost: limit) }
            }
        }
    }

    @Test func `asks for identity and sends its target byte for byte`() async throws {
        let target = "/a//b/../%7Ec;d/?digest=Ab%2f%2F+~!$'()*,;:@/?&x=&&=%C3%A4%20"
        try await ScriptedServer.with(.http(text: "x")) { server in
            try await withConnections { _ = try await $0.get(server.url + target) }
            #expect(server.requests.first?.target == target)
            #expect(server.requests.first?.header("Accept-Encoding") == "identity")
            #expect(server.requests.first?.header("Authorization") == nil)
            #expect(server.requests.first?.header("Host") == "127.0.0.1:\(server.port)")
        }
    }

    @Test func `uses its connection again`() async throws {
        try await ScriptedServer.with(.http(text: "x")) { server in
            try await withConnections { connections in
                for _ in 0..<3 { _ = try await connections.get(server.url) }
            }
            #expect(server.requests.count == 3)
            #expect(server.connections == 1)
        }
    }

    @Test func `to a name that is not known says so`() async throws {
        let error = try await withConnections { connections in
            await httpError { try await connections.get("http://printlapse-test.invalid/") }
        }
        #expect(error?.label == "name_not_found")
        #expect(error?.outcome == .unavailable)
        #expect(error?.disposition == .wait(atLeast: nil))
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `that is refused says so at once`(host: String) async throws {
        let server = try await ScriptedServer.start([])
        await server.stop()
        let error = try await withConnections { connections in
            await httpError { try await connections.get("http://\(host):\(server.port)/", within: .seconds(60)) }
        }
        #expect(error?.label == "connection_refused")
        #expect(error?.outcome == .unavailable)
    }

    @Test func `that is never answered ends at its deadline`() async throws {
        let error = try await error(.silence, within: .milliseconds(200))
        #expect(error == .noAnswer(within: .milliseconds(200), received: .zero))
        #expect(error?.outcome == .timeout)
    }

    @Test func `whose body drips ends at its deadline and tells what came`() async throws {
        let answer = ScriptedAnswer([
            .send(ScriptedAnswer.head(headers: [("Content-Length", "1000")])),
            .text("at once"), .drip(ByteBuffer(repeating: 65, count: 1000), every: .milliseconds(100)),
        ])
        let error = try await error(answer, within: .seconds(2))
        guard case .noAnswer(_, let received, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(received >= ByteCount("at once".utf8.count) && received < ByteCount(1000))
        #expect(error?.bytesReceived == received)
    }

    @Test func `whose head drips ends at its deadline`() async throws {
        let answer = ScriptedAnswer([.drip(ScriptedAnswer.head(headers: [("X", "y")]), every: .milliseconds(50))])
        #expect(try await error(answer, within: .milliseconds(300))?.label == "no_answer")
    }

    static let torn: [(String, ScriptedAnswer, Int)] = [
        ("reset before the head", .reset, 0), ("closed before the head", ScriptedAnswer([.close]), 0),
        ("closed within the head", ScriptedAnswer([.send(ByteBuffer(string: "HTTP/1.1 200 OK\r\nConte")), .close]), 0),
        (
            "short of its Content-Length",
            ScriptedAnswer([.send(ScriptedAnswer.head(headers: [("Content-Length", "9")])), .text("four"), .close]), 4
        ),
        ("cut in a chunk", ScriptedAnswer([.send(chunked), .text("9\r\nfour"), .close]), 4),
        ("cut between chunks", ScriptedAnswer([.send(chunked), .text("4\r\nfour\r\n"), .close]), 4),
        ("cut in the last chunk", ScriptedAnswer([.send(chunked), .text("4\r\nfour\r\n0\r\n"), .close]), 4),
    ]
    private static let chunked = ScriptedAnswer.head(headers: [("Transfer-Encoding", "chunked")])

    @Test(arguments: torn)
    func `whose answer is cut is torn, and its bytes are counted`(
        name: String, answer: ScriptedAnswer, received: Int
    ) async throws {
        let error = try await error(answer)
        #expect(error?.isTorn == true, "\(name): \(String(describing: error))")
        #expect(error?.bytesReceived == ByteCount(received))
        #expect(error?.disposition == .skipSlot)
    }

    @Test func `garbled within its chunks is torn`() async throws {
        #expect(try await error(ScriptedAnswer([.send(Self.chunked), .text("4\r\nfour\r\nzz\r\n")]))?.isTorn == true)
    }

    @Test func `reset within its body is torn`() async throws {
        let answer = ScriptedAnswer([
            .send(ScriptedAnswer.head(headers: [("Content-Length", "1000")])), .text("some of it"), .reset,
        ])
        #expect(try await error(answer)?.isTorn == true)
    }

    @Test func `with an endless body stops at the limit`() async throws {
        let block = ByteBuffer(repeating: 65, count: 16_384)
        let answer = ScriptedAnswer([.send(ScriptedAnswer.head()), .endlessly(block)])
        guard case .tooLarge(let limit, let received) = try await error(answer) else {
            Issue.record("not too large")
            return
        }
        #expect(limit == ByteCount(100_000))
        // What is past the limit is a read or two of the socket, not the stream.
        #expect(received > limit && received < ByteCount(2_000_000))
    }

    @Test func `with endless chunks stops at the limit`() async throws {
        let block = ByteBuffer(string: "4000\r\n" + String(repeating: "a", count: 0x4000) + "\r\n")
        let answer = ScriptedAnswer([.send(Self.chunked), .endlessly(block)])
        #expect(try await error(answer)?.label == "too_large")
    }

    @Test(arguments: ["100001", "99999999999", "9223372036854775807"])
    func `whose Content-Length is past the limit is given up at its head`(length: String) async throws {
        let answer = ScriptedAnswer([.send(ScriptedAnswer.head(headers: [("Content-Length", length)])), .silence])
        #expect(try await error(answer) == .tooLarge(limit: ByteCount(100_000), received: .zero))
    }

    @Test(arguments: ["99999999999999999999999999", "-5", "abc", "5, 6"])
    func `whose Content-Length is absurd is refused`(length: String) async throws {
        let answer = ScriptedAnswer([
            .send(ScriptedAnswer.head(headers: [("Content-Length", length)])), .text("four"), .close,
        ])
        let error = try await error(answer)
        #expect(["not_http", "too_large", "cut_short"].contains(error?.label))
    }

    @Test func `exactly at the limit is taken`() async throws {
        let body = ByteBuffer(repeating: 65, count: 1000)
        let taken = try await ScriptedServer.with(.http(body: body)) { server in
            try await withConnections { try await $0.get(server.url, atMost: ByteCount(1000)).body }
        }
        #expect(taken == body)
    }

    @Test func `answered by something else than HTTP says so`() async throws {
        let error = try await error(ScriptedAnswer([.text("SSH-2.0-OpenSSH_9.2\r\n"), .close]))
        #expect(error?.label == "not_http")
    }

    @Test func `that is cancelled says so`() async throws {
        let error = try await ScriptedServer.with(.silence) { server in
            try await withConnections { connections in
                let task = Task { await httpError { try await connections.get(server.url) } }
                task.cancel()
                return await task.value
            }
        }
        #expect(error == .cancelled())
    }

    @Test func `that is cancelled in the middle of its answer says how much of it had come`() async throws {
        let answer = ScriptedAnswer([
            .send(ScriptedAnswer.head(headers: [("Content-Length", "100000")])),
            .text(String(repeating: "x", count: 777)),
            .silence,
        ])
        let error = try await ScriptedServer.with(answer) { server in
            try await withConnections { connections in
                let task = Task { await httpError { try await connections.get(server.url) } }
                while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
                // Nobody tells when what was sent then has come.
                try await Task.sleep(for: .milliseconds(700))
                task.cancel()
                return await task.value
            }
        }
        #expect(error == .cancelled(received: ByteCount(777)))
        #expect(error?.bytesReceived == ByteCount(777))
    }

    @Test func `after the shutdown says so`() async throws {
        let connections = HTTPConnections()
        await connections.shutdown()
        await connections.shutdown()
        #expect(await httpError { try await connections.get("http://127.0.0.1:9/") } == .shutDown)
    }
}
