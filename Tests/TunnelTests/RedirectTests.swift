import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import HTTP
@testable import Tunnel

@Suite struct `A redirect` {
    private let json = ScriptedAnswer.http(text: #"{"snapshot": null}"#)

    private func client(_ server: ScriptedServer, _ connections: HTTPConnections) throws -> TunnelClient {
        let endpoint = try TunnelEndpoint(parsing: "http://user:canary@127.0.0.1:\(server.port)")
        return TunnelClient(endpoint: endpoint, transport: connections)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `of the tunnel's API to another origin is not followed`(status: Int) async throws {
        try await ScriptedServer.with(json) { other in
            for location in ["\(other.url)/x", "//127.0.0.1:\(other.port)/x", "http://localhost:\(other.port)/"] {
                try await ScriptedServer.with(.redirect(status, to: location)) { server in
                    let error = try await withConnections { connections in
                        await tunnelError { try await client(server, connections).webcam() }
                    }
                    #expect(error?.label == "redirected_elsewhere")
                    #expect(error?.disposition == .askUser)
                }
            }
            #expect(other.requests.isEmpty)
        }
    }

    @Test func `of the tunnel's API within its origin is followed with the credentials`() async throws {
        try await ScriptedServer.with(.redirect(to: "/there?a=%2f"), json) { server in
            let answer = try await withConnections { try await client(server, $0).webcam() }
            #expect(answer == .none)
            #expect(server.requests.map(\.target) == ["/_tsd_/webcam/0/", "/there?a=%2f"])
            #expect(server.requests.allSatisfy { $0.header("Authorization") == "Basic dXNlcjpjYW5hcnk=" })
        }
    }

    @Test func `without end is given up after three`() async throws {
        try await ScriptedServer.with(.redirect(to: "/again")) { server in
            let error = try await withConnections { connections in
                await tunnelError { try await client(server, connections).usage(at: Timestamp(milliseconds: 0)) }
            }
            #expect(error?.label == "too_many_redirects")
            #expect(server.requests.count == 4)
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `of a picture is followed elsewhere, without credentials`(status: Int) async throws {
        try await ScriptedServer.with(.http(text: "JPEG")) { store in
            try await ScriptedServer.with(.redirect(status, to: "\(store.url)/p.jpg?sig=a%2Fb")) { server in
                let body = try await withConnections { connections in
                    let tunnel = try client(server, connections)
                    let url = try SnapshotURL(parsing: "\(server.url)/a.jpg", announcedBy: tunnel.endpoint.origin)
                    return try await tunnel.picture(at: url)
                }
                #expect(String(buffer: body) == "JPEG")
                #expect(store.requests.map(\.target) == ["/p.jpg?sig=a%2Fb"])
                for request in server.requests + store.requests { #expect(request.header("Authorization") == nil) }
            }
        }
    }

    @Test(arguments: [
        ("file:///etc/passwd", "redirect_unsupported_scheme"),
        ("http://user@127.0.0.1/", "redirect_userinfo_not_allowed"),
        ("http://2130706433/", "redirect_numeric_host"), ("http://224.0.0.1/", "redirect_nowhere"),
        ("/a b", "redirect_bad_character"), ("http://", "redirect_no_host"),
        ("javascript:alert(1)", "redirect_not_absolute"),
    ])
    func `of a picture to what is no picture's address is refused`(location: String, label: String) async throws {
        let tunnel = CannedTransport(HTTPExchangeResponse(status: 302, headers: [("Location", location)]))
        let endpoint = try TunnelEndpoint(parsing: "http://u:p@127.0.0.1:80")
        let url = try SnapshotURL(parsing: "http://127.0.0.1:81/a.jpg", announcedBy: endpoint.origin)
        let error = await tunnelError { try await TunnelClient(endpoint: endpoint, transport: tunnel).picture(at: url) }
        #expect(error?.label == label)
        #expect(tunnel.requests.count == 1)
    }

    @Test(arguments: ["http://localhost/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/"])
    func `of a picture into this machine is refused where the tunnel is elsewhere`(location: String) async throws {
        let tunnel = CannedTransport(HTTPExchangeResponse(status: 302, headers: [("Location", location)]))
        let endpoint = try TunnelEndpoint(parsing: "https://u:p@93.184.216.34")
        let url = try SnapshotURL(parsing: "http://app.example.org/a.jpg", announcedBy: endpoint.origin)
        let error = await tunnelError { try await TunnelClient(endpoint: endpoint, transport: tunnel).picture(at: url) }
        #expect(error?.label == "snapshot_on_loopback")
    }

    @Test func `from https to http is refused`() async throws {
        let response = HTTPExchangeResponse(status: 301, headers: [("Location", "http://example.org/a.jpg")])
        let (address, _) = try WebAddress.withCredentials(parsing: "https://example.org/a.jpg", as: .camera)
        #expect(throws: HTTPError.redirectedToPlainHTTP(host: address.origin.host)) {
            try Redirects.target(of: response, to: address)
        }
    }

    @Test(arguments: [
        ("b.jpg", "https://example.org/x/b.jpg"), ("/b", "https://example.org/b"),
        ("?q", "https://example.org/x/a.jpg?q"),
        ("//other.org/c", "https://other.org/c"), ("HTTPS://Other.org#f", "https://other.org/"),
        ("b:c/../d", nil),
    ])
    func `is resolved against the request`(location: String, target: String?) throws {
        let (address, _) = try WebAddress.withCredentials(parsing: "https://example.org/x/a.jpg?y", as: .camera)
        let response = HTTPExchangeResponse(status: 302, headers: [("Location", location)])
        #expect((try? Redirects.target(of: response, to: address))?.revealed == target)
    }
}

@Suite struct `Credentials` {
    @Test func `stay out of a request to another origin`() throws {
        let endpoint = try TunnelEndpoint(parsing: "https://u:canary@example.org")
        for text in [
            "http://example.org/", "https://example.org:444/", "https://sub.example.org/",
            "https://example.org.evil.org/",
        ] {
            let (address, _) = try WebAddress.withCredentials(parsing: text, as: .redirect)
            let request = HTTPExchangeRequest(
                address, credentials: endpoint.credentials, apiKey: Secret("canary"), of: endpoint.origin)
            #expect(request.headers.map(\.name) == ["accept-encoding", "user-agent"])
        }
    }

    @Test func `go to OctoPrint together with its API key`() async throws {
        try await ScriptedServer.with(.http(text: "{}")) { server in
            let endpoint = try TunnelEndpoint(parsing: "http://user:canary@127.0.0.1:\(server.port)/")
            try await withConnections { connections in
                let client = TunnelClient(endpoint: endpoint, transport: connections)
                _ = try await client.octoPrint("//api/version?x=1", apiKey: Secret("KEY"))
            }
            #expect(server.requests.first?.target == "/api/version?x=1")
            #expect(server.requests.first?.header("X-Api-Key") == "KEY")
            #expect(server.requests.first?.header("Authorization") == "Basic dXNlcjpjYW5hcnk=")
        }
    }
}
