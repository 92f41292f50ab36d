import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import HTTP

@Suite(.timeLimit(.minutes(1))) struct `A call` {
    private func send(
        _ call: HTTPCall, to url: String, by connections: HTTPConnections
    ) async throws -> HTTPExchangeResponse {
        let (address, _) = try WebAddress.withCredentials(parsing: url, as: .camera)
        return try await connections.send(
            HTTPExchangeRequest(address, call: call), within: .seconds(20), atMost: ByteCount(1000))
    }

    @Test(arguments: [HTTPCall.Verb.get, .put, .post, .delete])
    func `goes out with its verb, its fields and its body`(verb: HTTPCall.Verb) async throws {
        try await ScriptedServer.with(.http(text: "x")) { server in
            try await withConnections { (connections) async throws in
                let body = verb == .put ? ByteBuffer(string: "pictures") : nil
                let call = HTTPCall(verb, fields: [("x-amz-date", Secret("20261129T201500Z"))], body: body)
                #expect(try await send(call, to: "\(server.url)/a?b=c", by: connections).status == 200)
                let request = try #require(server.requests.first)
                #expect(request.method == verb.rawValue)
                #expect(request.target == "/a?b=c")
                #expect(request.header("X-Amz-Date") == "20261129T201500Z")
                #expect(request.header("Content-Length") == (verb == .put ? "8" : nil))
                #expect(request.body == (verb == .put ? "pictures" : ""))
            }
        }
    }

    @Test func `says that its body is empty where it has an empty one`() async throws {
        try await ScriptedServer.with(.http(text: "x")) { server in
            try await withConnections { (connections) async throws in
                _ = try await send(HTTPCall(.post, fields: [], body: ByteBuffer()), to: server.url, by: connections)
            }
            #expect(server.requests.first?.header("Content-Length") == "0")
        }
    }

    @Test func `goes out again where the connection turns out to be dead`() async throws {
        try await ScriptedServer.with(.http(text: "a"), ScriptedAnswer([.close]), .http(text: "b")) { server in
            try await withConnections { (connections) async throws in
                let call = HTTPCall(.put, fields: [], body: ByteBuffer(string: "pictures"))
                for _ in 0..<2 { #expect(try await send(call, to: server.url, by: connections).status == 200) }
                #expect(server.requests.map(\.body) == ["pictures", "pictures", "pictures"])
            }
        }
    }

    @Test func `cannot have a field that would begin another`() async throws {
        try await ScriptedServer.with(.http(text: "x")) { server in
            try await withConnections { (connections) async throws in
                let call = HTTPCall(.get, fields: [("range", Secret("bytes=0-1\r\nhost: example.org"))])
                let error = await httpError { try await send(call, to: server.url, by: connections) }
                #expect(error != nil)
                #expect(server.requests.isEmpty)
            }
        }
    }
}
