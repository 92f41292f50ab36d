import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import HTTP

@Suite struct `A digest challenge` {
    private func answer(
        _ challenge: String, user: String, password: String, target: String = "/dir/index.html", clientNonce: String
    ) throws -> String {
        let digest = try #require(DigestChallenge.best(of: AuthenticationChallenge.all(in: challenge)))
        return digest.authorization(
            BasicCredentials(user: user, password: password), method: "GET", target: target, count: 1,
            clientNonce: clientNonce
        ).revealed
    }

    private func value(_ name: String, in field: String) -> String? {
        AuthenticationChallenge.all(in: field).first?.parameters[name]
    }

    /// RFC 7616, section 3.9.1.
    private static let rfc7616 = """
        Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=ALGORITHM, \
        nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
        """
    private static let clientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"

    @Test(arguments: [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ])
    func `is answered as RFC 7616 shows`(algorithm: String, response: String) throws {
        let field = try answer(
            Self.rfc7616.replacing("ALGORITHM", with: algorithm), user: "Mufasa", password: "Circle of Life",
            clientNonce: Self.clientNonce)
        #expect(value("response", in: field) == response)
        #expect(value("nc", in: field) == "00000001")
        #expect(value("qop", in: field) == "auth")
        #expect(value("algorithm", in: field) == algorithm)
        #expect(value("opaque", in: field) == "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")
    }

    @Test func `of several is answered by the stronger one`() throws {
        let both = ["MD5", "SHA-256"].map { Self.rfc7616.replacing("ALGORITHM", with: $0) }.joined(separator: ", ")
        let field = try answer(
            both, user: "Mufasa", password: "Circle of Life", clientNonce: Self.clientNonce)
        #expect(value("response", in: field) == "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")
    }

    @Test func `is answered as RFC 2617 shows`() throws {
        let field = try answer(
            #"Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41""#,
            user: "Mufasa", password: "Circle Of Life", clientNonce: "0a4f113b")
        #expect(value("response", in: field) == "6629fae49393a05397450978507c4ef1")
        // Old cameras name no algorithm, and some do not understand one.
        #expect(value("algorithm", in: field) == nil)
    }

    /// RFC 2069, section 2.4, as its erratum 749 corrects it.
    @Test func `without a protection is answered as RFC 2069 shows`() throws {
        let field = try answer(
            #"Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41""#,
            user: "Mufasa", password: "CircleOfLife", clientNonce: "unused")
        #expect(value("response", in: field) == "1949323746fe6a43ef61f9606e7febea")
        #expect(value("nc", in: field) == nil && value("cnonce", in: field) == nil)
    }

    @Test(arguments: [
        #"Digest realm="r", nonce="n", algorithm=SHA-512-256"#, #"Digest realm="r", nonce="n", qop="other""#,
        #"Digest realm="r""#, "Digest", "", #"Basic realm="Digest nonce=x""#, String(repeating: "Digest ", count: 2000),
    ])
    func `that nobody here can answer is passed over`(text: String) {
        #expect(DigestChallenge.best(of: AuthenticationChallenge.all(in: text)) == nil)
    }

    @Test func `is told from others in the same field`() {
        let challenges = AuthenticationChallenge.all(
            in: #"NTLM, Negotiate abc==, Digest realm="a, Basic \"b\"", nonce=x , stale = TRUE,Basic realm="c""#)
        #expect(challenges.map(\.scheme).filter { $0 != "abc" } == ["ntlm", "negotiate", "digest", "basic"])
        #expect(
            challenges.first { $0.scheme == "digest" }?.parameters
                == ["realm": #"a, Basic "b""#, "nonce": "x", "stale": "TRUE"])
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A login` {
    private static func challenge(_ nonce: String, stale: Bool = false) -> ScriptedAnswer {
        .http(
            401,
            headers: [
                (
                    "WWW-Authenticate",
                    "Digest realm=\"cam\", nonce=\"\(nonce)\", qop=\"auth\"" + (stale ? ", stale=true" : "")
                )
            ])
    }

    private func fetch(
        _ server: ScriptedServer, times: Int = 1, credentials: Bool = true
    ) async throws -> [Result<String, HTTPError>] {
        let text = "\(server.url)/a.jpg?x=1".replacing(
            "http://", with: credentials ? "http://us%40er:can:ary@" : "http://")
        let (address, given) = try WebAddress.withCredentials(parsing: text, as: .camera)
        let login = Login(given, of: address.origin) { "c0ffee" }
        let fetch = Fetch(
            respondent: .camera, redirects: .anywhere(announcedBy: address.origin), deadline: .seconds(20),
            limit: ByteCount(1000), reading: AnswerReading(isLenient: true))
        return try await withConnections { await fetch.texts(at: address, times: times, login: login, by: $0) }
    }

    private func field(_ request: ScriptedRequest, _ name: String) -> String? {
        AuthenticationChallenge.all(in: request.header("Authorization") ?? "").first?.parameters[name]
    }

    @Test func `is shown by digest once it is asked so, and its nonce counts up`() async throws {
        try await ScriptedServer.with(Self.challenge("n1"), .http(text: "JPEG")) { server in
            let results = try await fetch(server, times: 3)
            #expect(results == [.success("JPEG"), .success("JPEG"), .success("JPEG")])
            #expect(server.requests.count == 4)
            #expect(server.requests[0].header("Authorization")?.hasPrefix("Basic ") == true)
            #expect(server.requests.dropFirst().map { field($0, "nc") } == ["00000001", "00000002", "00000003"])
            #expect(server.requests.dropFirst().map { field($0, "uri") } == Array(repeating: "/a.jpg?x=1", count: 3))
            #expect(field(server.requests[1], "username") == "us@er")
            for request in server.requests { #expect(!request.head.contains("can:ary")) }
        }
    }

    @Test func `goes on when its nonce got stale, or the camera was restarted`() async throws {
        try await ScriptedServer.with(
            Self.challenge("n1"), .http(text: "1"), Self.challenge("n2", stale: true), .http(text: "2"),
            Self.challenge("n3"), .http(text: "3")
        ) { server in
            let results = try await fetch(server, times: 3)
            #expect(results == [.success("1"), .success("2"), .success("3")])
            #expect(server.requests.map { field($0, "nonce") } == [nil, "n1", "n1", "n2", "n2", "n3"])
        }
    }

    @Test func `that is refused is not shown again and again`() async throws {
        try await ScriptedServer.with(Self.challenge("n1")) { server in
            guard case .failure(let error) = try await fetch(server)[0] else {
                Issue.record("let in")
                return
            }
            #expect(error == .login(.refused, received: .zero))
            #expect(error.outcome == .unauthorized && error.disposition == .askUser)
            #expect(server.requests.count == 2)
        }
        // A server to which every nonce is stale does not keep anybody busy either.
        try await ScriptedServer.with(Self.challenge("n1", stale: true)) { server in
            _ = try await fetch(server)
            #expect(server.requests.count == 3)
        }
    }

    @Test(arguments: [
        (#"Digest realm="a", nonce="b""#, "login_wanted"), (#"Basic realm="a""#, "login_wanted"), ("", "login_wanted"),
        ("NTLM, Negotiate", "login_unsupported"),
    ])
    func `that is missing is named, by what the camera asks for`(challenge: String, label: String) async throws {
        let answer = ScriptedAnswer.http(401, headers: challenge.isEmpty ? [] : [("WWW-Authenticate", challenge)])
        try await ScriptedServer.with(answer) { server in
            guard case .failure(let error) = try await fetch(server, credentials: false)[0] else {
                Issue.record("let in")
                return
            }
            #expect(error.label == label)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `stays at its own origin, whatever the redirect's target asks for`() async throws {
        try await ScriptedServer.with(Self.challenge("n1")) { other in
            try await ScriptedServer.with(Self.challenge("n0"), .redirect(to: "\(other.url)/b")) { server in
                guard case .failure(let error) = try await fetch(server)[0] else {
                    Issue.record("let in")
                    return
                }
                #expect(error.outcome == .unauthorized)
                #expect(other.requests.map { $0.header("Authorization") } == [nil])
            }
        }
    }

    @Test func `for http is not sent to https of the same host, and the address to write is named`() async throws {
        let folder = try TemporaryFolder()
        let identity = try ServerIdentity(in: folder, name: "IP:127.0.0.1")
        try await ScriptedServer.with(.http(401), identity: identity) { secure in
            try await ScriptedServer.with(.redirect(301, to: "https://127.0.0.1:\(secure.port)/a.jpg")) { server in
                let (address, given) = try WebAddress.withCredentials(
                    parsing: server.url.replacing("://", with: "://user:canary@", maxReplacements: 1) + "/a.jpg",
                    as: .camera)
                let fetch = Fetch(
                    respondent: .camera, redirects: .anywhere(announcedBy: address.origin), deadline: .seconds(20),
                    limit: ByteCount(1000))
                let error = try await withConnections(trusting: identity.certificateFile) { connections in
                    await httpError {
                        try await fetch.response(
                            to: address, login: Login(given, of: address.origin), through: connections)
                    }
                }
                #expect(error?.label == "login_moved")
                #expect(error?.hint.contains("https://USER:PASSWORD@127.0.0.1:\(secure.port)/a.jpg") == true)
                #expect(secure.requests.map { $0.header("Authorization") } == [nil])
            }
        }
    }
}
