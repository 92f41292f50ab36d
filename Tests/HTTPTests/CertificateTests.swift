import TestSupport
import Testing
import Vocabulary

@testable import HTTP

@Suite struct `A server's certificate` {
    private func error(
        name: String = "IP:127.0.0.1", validity: ClosedRange<Int> = 2020...2049, trusted: Bool
    ) async throws -> HTTPError? {
        let folder = try TemporaryFolder()
        let identity = try ServerIdentity(in: folder, name: name, validity: validity)
        return try await ScriptedServer.with(.http(text: "secure"), identity: identity) { server in
            try await withConnections(trusting: trusted ? identity.certificateFile : nil) { connections in
                let error = await httpError { try await connections.get("https://127.0.0.1:\(server.port)/?canary") }
                if error != nil { #expect(server.requests.isEmpty) }
                return error
            }
        }
    }

    @Test func `of one's own authority is trusted when its file is given`() async throws {
        #expect(try await error(trusted: true) == nil)
    }

    @Test func `that signs itself is refused as untrusted`() async throws {
        let error = try await error(trusted: false)
        #expect(error?.label == "tls_untrusted")
        #expect(error?.outcome == .unavailable)
        #expect(error?.hint.contains("cannot be switched off") == true)
    }

    @Test func `that has expired is refused as that`() async throws {
        #expect(try await error(validity: 2001...2002, trusted: true)?.label == "tls_expired")
    }

    @Test func `that is not valid yet is refused as that`() async throws {
        #expect(try await error(validity: 2048...2049, trusted: true)?.label == "tls_not_yet_valid")
    }

    @Test(arguments: ["IP:127.0.0.2", "DNS:127.0.0.1", "DNS:example.org"])
    func `for another name is refused as that`(name: String) async throws {
        #expect(try await error(name: name, trusted: true)?.label == "tls_wrong_name")
    }

    @Test(arguments: [false, true])
    func `of a server that knows no TLS 1.2 is of no use, unless its owner puts up with it`(isAllowed: Bool)
        async throws
    {
        let folder = try TemporaryFolder()
        var identity = try ServerIdentity(in: folder, name: "IP:127.0.0.1")
        identity.isOld = true
        try await ScriptedServer.with(.http(text: "old"), identity: identity) { [identity] server in
            let (address, _) = try WebAddress.withCredentials(
                parsing: "https://127.0.0.1:\(server.port)/", as: .camera)
            var request = HTTPExchangeRequest(address)
            request.allowsOldTLS = isAllowed
            let error = try await withConnections(trusting: identity.certificateFile) { [request] connections in
                await httpError {
                    try await connections.send(request, within: .seconds(20), atMost: ByteCount(1000))
                }
            }
            #expect(error?.label == (isAllowed ? nil : "tls_old"))
            #expect(server.requests.count == (isAllowed ? 1 : 0))
        }
        // What is allowed to an old one is that alone: its certificate counts as everybody's.
        let untrusted = try await ScriptedServer.with(.http(text: "old"), identity: identity) { server in
            let (address, _) = try WebAddress.withCredentials(
                parsing: "https://127.0.0.1:\(server.port)/", as: .camera)
            var request = HTTPExchangeRequest(address)
            request.allowsOldTLS = true
            return try await withConnections { [request] connections in
                await httpError {
                    try await connections.send(request, within: .seconds(20), atMost: ByteCount(1000))
                }
            }
        }
        #expect(untrusted?.label == "tls_untrusted")
    }

    @Test func `missing where https is spoken is a failed handshake`() async throws {
        let label = try await ScriptedServer.with(.http(text: "plain")) { server in
            try await withConnections { connections in
                await httpError {
                    try await connections.get("https://127.0.0.1:\(server.port)/", within: .seconds(1))
                }?.label
            }
        }
        // The plain server takes the greeting for the beginning of a request and waits for its end.
        #expect(label == "no_answer" || label == "tls_handshake")
    }

    @Test(arguments: ["/nonexistent/ca.pem", "/etc/hostname", "/"])
    func `file of authorities that holds none is refused`(path: String) async {
        let error = await httpError { try HTTPConnections(trusting: path) }
        #expect(error == .certificateFile(path: path))
        #expect(error?.disposition == .stop)
    }
}
