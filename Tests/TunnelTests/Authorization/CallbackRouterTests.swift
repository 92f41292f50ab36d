import HTTP
import Testing

@testable import Tunnel

@Suite struct `Requests to the callback` {
    private let secret: OneTimeSecret
    private var router: CallbackRouter
    private let endpoint: TunnelEndpoint
    private static let raw = "http://user:pass@127.0.0.1:8000"

    init() throws {
        var generator = SystemRandomNumberGenerator()
        secret = OneTimeSecret(using: &generator)
        router = CallbackRouter(port: 4321, secret: secret)
        endpoint = try TunnelEndpoint(parsing: Self.raw)
    }

    private mutating func judge(
        _ target: String, method: String = "GET", hosts: [String] = ["127.0.0.1:4321"]
    ) -> CallbackRouter.Decision {
        router.judge(
            method: method, target: target.replacing("SECRET", with: secret.text.revealed), hosts: hosts)
    }

    @Test(arguments: [
        "/SECRET?tunnel_endpoint=\(raw)", "/SECRET/?tunnel_endpoint=\(raw)",
        "/SECRET?tunnel_endpoint=http%3A%2F%2Fuser%3Apass%40127.0.0.1%3A8000",
        "/SECRET/?tunnel_endpoint=http%3a%2f%2fuser%3apass%40127.0.0.1%3a8000&more=1",
    ])
    mutating func `takes the endpoint in every form that a server may send`(target: String) {
        #expect(judge(target) == .take(endpoint))
    }

    @Test mutating func `takes one, and refuses the second`() throws {
        let other = try TunnelEndpoint(parsing: "http://other:pass@127.0.0.1:8000")
        #expect(judge("/SECRET?tunnel_endpoint=http://other:pass@127.0.0.1:8000") == .take(other))
        #expect(judge("/SECRET?tunnel_endpoint=\(Self.raw)") == .refuse(.usedAlready))
    }

    @Test(arguments: [
        "/favicon.ico", "/", "", "*", "/?tunnel_endpoint=\(raw)", "SECRET?tunnel_endpoint=\(raw)",
        "//SECRET?tunnel_endpoint=\(raw)", "/SECRET//?tunnel_endpoint=\(raw)", "/SECRET0?tunnel_endpoint=\(raw)",
        "/SECRET/x?tunnel_endpoint=\(raw)", "/00000000000000000000000000000000?tunnel_endpoint=\(raw)",
        "http://127.0.0.1:4321/SECRET?tunnel_endpoint=\(raw)", "/done",
    ])
    mutating func `answers 404 to every other path, and stays open`(target: String) {
        #expect(judge(target) == .refuse(.unknownPath))
        #expect(judge("/SECRET?tunnel_endpoint=\(Self.raw)") == .take(endpoint))
    }

    @Test(arguments: ["HEAD", "POST", "PUT", "OPTIONS", "get"])
    mutating func `answers GET alone`(method: String) {
        #expect(judge("/SECRET?tunnel_endpoint=\(Self.raw)", method: method) == .refuse(.method))
        #expect(judge("/SECRET?tunnel_endpoint=\(Self.raw)") == .take(endpoint))
    }

    @Test(arguments: [
        [], ["evil.example"], ["localhost:4321"], ["127.0.0.1"], ["127.0.0.1:4322"],
        ["127.0.0.1:4321", "evil.example"],
    ])
    mutating func `goes by its own address alone`(hosts: [String]) {
        #expect(judge("/SECRET?tunnel_endpoint=\(Self.raw)", hosts: hosts) == .refuse(.foreignHost))
        #expect(judge("/SECRET?tunnel_endpoint=\(Self.raw)") == .take(endpoint))
    }

    @Test(arguments: ["/SECRET", "/SECRET?", "/SECRET?tunnel_endpoint=", "/SECRET?tunnel_endpoint=http://host"])
    mutating func `wants an endpoint that can be read`(target: String) {
        #expect(judge(target) == .refuse(.withoutEndpoint))
        #expect(judge("/SECRET?tunnel_endpoint=\(Self.raw)") == .take(endpoint))
    }

    @Test mutating func `shows how it ended only once a callback was taken`() {
        #expect(judge("/done") == .refuse(.unknownPath))
        _ = judge("/SECRET?tunnel_endpoint=\(Self.raw)")
        #expect(judge("/done") == .showOutcome)
    }

    @Test mutating func `takes nothing once it is closed`() {
        router.close()
        #expect(judge("/SECRET?tunnel_endpoint=\(Self.raw)") == .refuse(.usedAlready))
        #expect(judge("/done") == .refuse(.unknownPath))
    }
}

@Suite struct `A one-time secret` {
    @Test func `has 128 bits, and is another each time`() {
        var generator = SystemRandomNumberGenerator()
        let secrets = (0..<100).map { _ in OneTimeSecret(using: &generator).text.revealed }
        #expect(Set(secrets).count == 100)
        #expect(secrets.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{32}/) != nil })
    }

    @Test func `keeps its leading zeros`() {
        struct Zeros: RandomNumberGenerator { func next() -> UInt64 { 1 } }
        var generator = Zeros()
        #expect(OneTimeSecret(using: &generator).text.revealed == "00000000000000010000000000000001")
    }

    @Test func `matches itself alone`() {
        var generator = SystemRandomNumberGenerator()
        let secret = OneTimeSecret(using: &generator)
        let text = secret.text.revealed
        #expect(secret.matches(text))
        for index in text.indices {
            let changed = text[..<index] + (text[index] == "0" ? "1" : "0") + text[text.index(after: index)...]
            #expect(!secret.matches(changed))
        }
        #expect(!secret.matches(text.dropLast()) && !secret.matches(text + "0") && !secret.matches(""))
        #expect(!secret.matches(text.uppercased()) || text.allSatisfy(\.isNumber))
    }
}
