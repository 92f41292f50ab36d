import HTTP
import TestSupport
import Testing
import Tunnel
import Vocabulary

@Suite struct `The webcam answer` {
    @Test func `gives the picture's address`() async throws {
        let answer = try await client(.ok(#"{"snapshot": "https://app.example.org/a.jpg?digest=1"}"#)).webcam()
        guard case .picture(let url) = answer else { return #expect(Bool(false), "no picture in \(answer)") }
        #expect("\(url)" == "https://app.example.org/a.jpg")
    }

    @Test(arguments: [#"{"snapshot": null}"#, "{}", #"{"snapshot": ""}"#, #"{"other": 1}"#])
    func `without an address means that there is no picture`(body: String) async throws {
        #expect(try await client(.ok(body)).webcam() == .none)
    }

    @Test(arguments: [
        (#"{"snapshot": 17}"#, "unexpected_json"), (#"{"snapshot": ["https://a.org"]}"#, "unexpected_json"),
        (#"{"snapshot": {"snapshot": null}}"#, "unexpected_json"), ("null", "not_json"), ("", "not_json"),
        (#"{"snapshot": "/media/a.jpg"}"#, "snapshot_not_absolute"),
        (#"{"snapshot": "\#(String(repeating: "x", count: 60_000))"}"#, "snapshot_too_long"),
        ("<html>", "html_for_json"),
    ])
    func `with something else there is refused by name`(body: String, label: String) async {
        let error = await tunnelError { try await client(.ok(body)).webcam() }
        #expect(error?.label == label)
        #expect(error?.outcome == .rejected)
    }

    @Test func `of a megabyte is given up at the limit`() async throws {
        let body = #"{"snapshot": "https://example.org/\#(String(repeating: "x", count: 1_000_000))"}"#
        let error = try await ScriptedServer.with(.http(text: body)) { server in
            let endpoint = try TunnelEndpoint(parsing: "http://u:p@127.0.0.1:\(server.port)")
            return try await withConnections { connections in
                await tunnelError { try await TunnelClient(endpoint: endpoint, transport: connections).webcam() }
            }
        }
        #expect(error?.label == "too_large")
        #expect(error?.outcome == .rejected)
    }
}
