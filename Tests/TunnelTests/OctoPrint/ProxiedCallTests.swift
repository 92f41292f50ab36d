import HTTP
import NIOCore
import TestSupport
import Testing
import Tunnel
import Vocabulary

@Suite struct `A proxied call` {
    private func with<Value>(
        _ answers: ScriptedAnswer..., body: (TunnelClient, ScriptedServer) async throws -> Value
    ) async throws -> Value {
        let server = try await ScriptedServer.start(answers)
        let connections = HTTPConnections()
        let endpoint = try TunnelEndpoint(parsing: "http://user:canary@127.0.0.1:\(server.port)")
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(TunnelClient(endpoint: endpoint, transport: connections), server))
        } catch {
            result = .failure(error)
        }
        await connections.shutdown()
        await server.stop()
        return try result.get()
    }

    @Test func `tells what it cost`() async throws {
        let body = #"{"state": "Operational", "padding": "\#(String(repeating: "x", count: 500))"}"#
        try await with(.http(text: body)) { client, server in
            let job = try await client.job(apiKey: Secret("KEY"))
            #expect(job.received == ByteCount(body.utf8.count))
            #expect(server.requests.first?.target == "/api/job")
            #expect(server.requests.first?.header("X-Api-Key") == "KEY")
            #expect(server.requests.first?.header("Authorization") == "Basic dXNlcjpjYW5hcnk=")
        }
    }

    @Test(arguments: [
        (403, "forbidden", SlotOutcome.unauthorized), (404, "not_found", .noPicture), (481, "over_cap", .cap),
        (482, "printer_offline", .offline), (483, "printer_timeout", .timeout),
        (484, "tunnels_unavailable", .unavailable), (502, "bad_gateway", .offline),
    ])
    func `that fails says why, and what it cost`(status: Int, label: String, outcome: SlotOutcome) async throws {
        try await with(.http(status, text: "sorry")) { client, _ in
            let errors = [
                await tunnelError { try await client.job(apiKey: nil) },
                await tunnelError { try await client.livePicture() },
            ]
            for error in errors {
                #expect(error?.label == label)
                #expect(error?.outcome == outcome)
                #expect(error?.bytesReceived == ByteCount(5))
            }
        }
    }

    @Test func `waits a minute, longer than the server does`() {
        #expect(TunnelLimits().proxiedDeadline >= .seconds(60))
    }

    @Test func `to the live camera brings its bytes as they are`() async throws {
        try await with(.http(text: "JPEG")) { client, server in
            let picture = try await client.livePicture()
            #expect(String(buffer: picture) == "JPEG")
            #expect(server.requests.map(\.target) == ["/webcam/?action=snapshot"])
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `that posts is not sent on to where a redirect leads`(status: Int) async throws {
        try await with(.redirect(status, to: "/elsewhere")) { client, server in
            let error = await tunnelError {
                try await client.octoPrint("/plugin/x", method: .post(json: ByteBuffer(string: #"{"a": "ü"}"#)))
            }
            #expect(error?.label == "unexpected_status")
            #expect(server.requests.map(\.target) == ["/plugin/x"])
            #expect(server.requests.first?.method == "POST")
            #expect(server.requests.first?.header("Content-Type") == "application/json")
            #expect(server.requests.first?.body == #"{"a": "ü"}"#)
        }
    }

    @Test(arguments: [
        (#"{"normalized_p": 0.25}"#, 0.25), (#"{"normalized_p": 0}"#, 0), (#"{"normalized_p": 1.5}"#, 1),
        (#"{"normalized_p": -0.1}"#, 0), (#"{"normalized_p": null}"#, nil), ("{}", nil),
    ])
    func `is none where the failure detection is asked, from 0 to 1`(body: String, value: Double?) async throws {
        try await with(.http(text: body)) { client, server in
            let prediction = try await client.prediction()
            #expect(prediction?.value == value)
            #expect(server.requests.first?.target == "/_tsd_/prediction/")
        }
    }

    @Test(arguments: [#"{"normalized_p": "high"}"#, #"{"normalized_p": true}"#, #"{"normalized_p": {}}"#])
    func `reads no prediction out of anything but a number`(body: String) async throws {
        let error = await tunnelError { try await client(.ok(body)).prediction() }
        #expect(error?.label == "unexpected_json")
    }
}
