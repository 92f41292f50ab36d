import HTTP
import NIOCore
import TestSupport
import Testing
import Tunnel
import Vocabulary

/// Passwords and signed queries are in no text of any error, whatever goes wrong.
@Suite struct `No error` {
    private static let answers: [ScriptedAnswer] =
        [.reset, .silence, .raw("nonsense\r\n\r\n"), .http(text: "<html>canary</html>")]
        + [401, 403, 404, 429, 481, 482, 483, 484, 500, 502, 503, 504].map { .http($0, text: "canary") }
        + [
            .redirect(to: "/?canary=1"), .redirect(to: "http://example.org/canary?canary"),
            .redirect(to: "http://canary:canary@127.0.0.1/"), .redirect(to: "canary://canary"),
            .http(headers: [("Content-Encoding", "gzip")], text: "canary"),
            .http(text: #"{"snapshot": "http://canary:canary@127.0.0.1/canary?canary"}"#),
            .http(text: #"{"snapshot": "http://10.0.0.1%2F/?canary"}"#), .http(text: #"{"snapshot": ["canary"]}"#),
        ]

    @Test(arguments: answers.indices)
    func `tells a credential, a query or a body`(index: Int) async throws {
        try await ScriptedServer.with(Self.answers[index]) { server in
            try await withConnections { connections in
                var limits = TunnelLimits()
                (limits.apiDeadline, limits.pictureDeadline) = (.milliseconds(300), .milliseconds(300))
                limits.proxiedDeadline = .milliseconds(300)
                let endpoint = try TunnelEndpoint(parsing: "http://canary:canary@127.0.0.1:\(server.port)")
                let client = TunnelClient(endpoint: endpoint, transport: connections, limits: limits)
                let picture = try SnapshotURL(parsing: "\(server.url)/a.jpg?canary", announcedBy: endpoint.origin)
                let errors = [
                    await tunnelError { try await client.webcam() },
                    await tunnelError { try await client.usage(at: Timestamp(milliseconds: 0)) },
                    await tunnelError { try await client.picture(at: picture) },
                    await tunnelError { try await client.prediction() },
                    await tunnelError { try await client.job(apiKey: Secret("canary")) },
                    await tunnelError { try await client.livePicture() },
                ]
                #expect(errors.contains { $0 != nil })
                for error in errors.compactMap({ $0 }) { Self.check(error) }
                var dumped = ""
                dump(client, to: &dumped, maxDepth: 6)
                #expect(!dumped.contains("canary"))
            }
        }
    }

    @Test(arguments: [
        "canary:canary@host", "https://canary:canary@@host", "https://canary:canary@host:canary",
        "ftp://canary:canary@host",
        "https://host?tunnel_endpoint=canary%zz", "https://canary:canary@1.2.3", "https://canary:canary@host/canary",
    ])
    func `about an endpoint repeats it`(text: String) async throws {
        Self.check(try #require(await tunnelError { try TunnelEndpoint(parsing: text) }))
    }

    private static func check(_ error: TunnelError) {
        var dumped = ""
        dump(error, to: &dumped)
        // What is done about it is done by whoever uses the library: there may be no command line.
        #expect(!error.hint.contains("--"), "\(error.label)")
        for text in [error.label, error.description, error.hint, String(reflecting: error), dumped, "\(error)"] {
            #expect(!text.contains("canary"), "\(error.label)")
        }
    }
}
