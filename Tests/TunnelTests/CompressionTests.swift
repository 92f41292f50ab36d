import HTTP
import TestSupport
import Testing
import Tunnel
import Vocabulary

@Suite struct `A compressed body` {
    @Test(arguments: ["gzip", "br", "GZIP", "deflate, gzip", "x-unknown"])
    func `is refused by name, although it is well-formed`(coding: String) async throws {
        let answer = ScriptedAnswer.http(headers: [("Content-Encoding", coding)], text: #"{"snapshot": null}"#)
        try await ScriptedServer.with(answer) { server in
            let endpoint = try TunnelEndpoint(parsing: "http://u:p@127.0.0.1:\(server.port)")
            let error = try await withConnections { connections in
                await tunnelError { try await TunnelClient(endpoint: endpoint, transport: connections).webcam() }
            }
            #expect(error == .http(.compressed(coding.lowercased(), received: ByteCount(18))))
            #expect(error?.outcome == .rejected)
        }
    }

    @Test func `that is called identity is taken`() async throws {
        let answer = ScriptedAnswer.http(headers: [("Content-Encoding", "identity")], text: #"{"snapshot": null}"#)
        try await ScriptedServer.with(answer) { server in
            let endpoint = try TunnelEndpoint(parsing: "http://u:p@127.0.0.1:\(server.port)")
            let webcam = try await withConnections { connections in
                try await TunnelClient(endpoint: endpoint, transport: connections).webcam()
            }
            #expect(webcam == .none)
        }
    }
}
