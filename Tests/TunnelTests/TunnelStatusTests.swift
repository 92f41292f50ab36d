import HTTP
import NIOCore
import Testing
import Tunnel
import Vocabulary

@Suite struct `A status` {
    @Test(arguments: [
        (401, "unauthorized", SlotOutcome.unauthorized, Disposition.askUser),
        (403, "forbidden", .unauthorized, .askUser), (404, "not_found", .noPicture, .wait(atLeast: nil)),
        (429, "too_many_requests", .unavailable, .wait(atLeast: nil)), (481, "over_cap", .cap, .wait(atLeast: nil)),
        (482, "printer_offline", .offline, .wait(atLeast: nil)),
        (483, "printer_timeout", .timeout, .wait(atLeast: nil)),
        (484, "tunnels_unavailable", .unavailable, .askUser),
        (500, "internal_error", .unavailable, .wait(atLeast: nil)),
        (502, "bad_gateway", .offline, .wait(atLeast: nil)),
        (503, "service_unavailable", .unavailable, .wait(atLeast: nil)),
        (504, "gateway_timeout", .offline, .wait(atLeast: nil)),
        (418, "unexpected_status", .unavailable, .wait(atLeast: nil)),
        (304, "unexpected_status", .unavailable, .wait(atLeast: nil)),
    ])
    func `of a tunnelled call has its label, outcome and disposition`(
        status: Int, label: String, outcome: SlotOutcome, disposition: Disposition
    ) async {
        let response = HTTPExchangeResponse(status: status, body: ByteBuffer(string: "<html>no</html>"))
        for call in [{ _ = try await $0.webcam() }, { _ = try await $0.octoPrint("/api/version") }]
            as [(TunnelClient) async throws -> Void]
        {
            let error = await tunnelError { try await call(try client(response)) }
            #expect(error?.label == label)
            #expect(error?.outcome == outcome)
            #expect(error?.disposition == disposition)
            #expect(error?.bytesReceived == ByteCount(15))
        }
    }

    @Test func `482 names both of its causes`() async {
        let error = await tunnelError { try await client(HTTPExchangeResponse(status: 482)).octoPrint("/api/version") }
        #expect(error?.hint.contains("connected") == true)
        #expect(error?.hint.contains("1.8.4") == true && error?.hint.contains("1.3.0") == true)
    }

    @Test(arguments: [
        ("7", Duration.seconds(7)), ("0", .seconds(1)), ("86400", .seconds(3600)),
        ("99999999999999999999999", .seconds(3600)),
        ("Mon, 23 Nov 2026 12:00:30 GMT", .seconds(30)), ("Mon, 23 Nov 2020 12:00:00 GMT", .seconds(1)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", .seconds(3600)),
    ])
    func `with Retry-After is heeded within bounds`(text: String, expected: Duration) async {
        for status in [429, 503] {
            let headers = [("retry-after", text), ("Date", "Mon, 23 Nov 2026 12:00:00 GMT")]
            let error = await tunnelError {
                try await client(HTTPExchangeResponse(status: status, headers: headers)).webcam()
            }
            #expect(error?.retryAfter == expected)
            #expect(error?.disposition == .wait(atLeast: expected))
        }
    }

    @Test(arguments: ["", "soon", "-5", "1.5", "٣"])
    func `with a Retry-After that cannot be read leaves the wait to the job`(text: String) async {
        let response = HTTPExchangeResponse(status: 503, headers: [("Retry-After", text)])
        let error = await tunnelError { try await client(response).webcam() }
        #expect(error?.retryAfter == nil)
        #expect(error?.disposition == .wait(atLeast: nil))
    }

    @Test func `of a picture is told apart from the tunnel's`() async throws {
        let tunnel = try TunnelEndpoint(parsing: "https://u:p@example.org").origin
        let url = try SnapshotURL(parsing: "https://example.org/a.jpg", announcedBy: tunnel)
        let forbidden = await tunnelError { try await client(HTTPExchangeResponse(status: 403)).picture(at: url) }
        #expect(forbidden?.label == "picture_forbidden")
        #expect(forbidden?.disposition == .wait(atLeast: nil))
        let gone = await tunnelError { try await client(HTTPExchangeResponse(status: 404)).picture(at: url) }
        #expect(gone?.outcome == .noPicture)
        #expect(gone?.disposition == .skipSlot)
    }

    @Test(arguments: [
        (481, "The tunnel's server refuses what counts against the allowance"),
        (482, "The printer's Obico plugin is not connected to the tunnel's server"),
        (483, "The tunnel's server had no answer from the printer's Obico plugin"),
        (502, "The printer's Obico plugin had no usable answer from OctoPrint"),
    ])
    func `says who is not connected to whom, whoever was asked`(status: Int, sentence: String) async {
        let error = await tunnelError {
            try await client(HTTPExchangeResponse(status: status)).octoPrint("/api/version")
        }
        #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "")")
    }

    @Test func `401 names all four causes of the guide`() async {
        let error = await tunnelError { try await client(HTTPExchangeResponse(status: 401)).webcam() }
        for cause in [
            "authorization was revoked", "printer was deleted", "account was deleted", "account is suspended",
        ] {
            #expect(error?.hint.contains(cause) == true)
        }
    }

    @Test(arguments: ["http://localhost:3334/a.jpg", "http://pictures.example.org/a.jpg"])
    func `of a picture's host that cannot be reached says that the server announced it`(address: String) async throws {
        let endpoint = try TunnelEndpoint(parsing: "http://u:p@127.0.0.1:15853")
        let url = try SnapshotURL(parsing: address, announcedBy: endpoint.origin)
        let refusing = RefusingTransport()
        let error = await tunnelError {
            _ = try await TunnelClient(endpoint: endpoint, transport: refusing).picture(at: url)
        }
        #expect(error?.label == "picture_connection_refused")
        #expect(error?.outcome == .unavailable)
        #expect(error?.description.contains("announced by the server") == true)
        #expect(error?.hint.contains("Site domain") == true)
    }

    @Test func `of the tunnel itself that cannot be reached says nothing of the kind`() async throws {
        let endpoint = try TunnelEndpoint(parsing: "http://u:p@127.0.0.1:15853")
        let error = await tunnelError {
            _ = try await TunnelClient(endpoint: endpoint, transport: RefusingTransport()).webcam()
        }
        #expect(error?.label == "connection_refused")
    }
}

private struct RefusingTransport: HTTPTransport {
    func send(
        _ request: HTTPExchangeRequest, within deadline: Duration, atMost limit: ByteCount
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        throw .connectionRefused(request.address.origin)
    }
}
