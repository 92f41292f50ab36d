import HTTP
import Testing
import Tunnel

@Suite struct `A secret` {
    private let secret = Secret("canary")

    @Test func `shows nothing of itself however it is printed`() {
        var dumped = ""
        dump(secret, to: &dumped)
        let texts = ["\(secret)", String(describing: secret), String(reflecting: secret), "\([secret])", dumped]
        for text in texts { #expect(!text.contains("canary")) }
    }

    @Test func `stays hidden inside what holds it`() throws {
        let endpoint = try TunnelEndpoint(parsing: "https://canary-user:canary@example.org")
        var dumped = ""
        dump(endpoint, to: &dumped)
        for text in ["\(endpoint)", String(reflecting: endpoint), dumped] { #expect(!text.contains("canary")) }
    }

    @Test func `is revealed to who asks`() {
        #expect(secret.revealed == "canary")
    }
}
