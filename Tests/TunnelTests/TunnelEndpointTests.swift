import HTTP
import Testing
import Tunnel
import Vocabulary

@Suite struct `An endpoint` {
    @Test(arguments: [
        "https://user:pass@abc.tunnels.app.obico.io",
        "https://user:pass@abc.tunnels.app.obico.io/",
        "  https://user:pass@abc.tunnels.app.obico.io \r\n",
        "\"https://user:pass@abc.tunnels.app.obico.io\"",
        "HTTPS://user:pass@ABC.tunnels.app.OBICO.io:443",
        "https://%75ser:pas%73@abc.tunnels.app.obico.io",
        "https://app.obico.io/tunnels/succeeded/?tunnel_endpoint=https://user:pass@abc.tunnels.app.obico.io",
        "http://127.0.0.1:4321/callback/?tunnel_endpoint=https%3A%2F%2Fuser%3Apass%40abc.tunnels.app.obico.io",
        "/callback?tunnel_endpoint=https://user:pass@abc.tunnels.app.obico.io/&state=1",
        "greatapp://callback?tunnel_endpoint=https://user:pass@abc.tunnels.app.obico.io#top",
    ])
    func `is read from every form in which people have it`(text: String) throws {
        let endpoint = try TunnelEndpoint(parsing: text)
        #expect(endpoint.origin.description == "https://abc.tunnels.app.obico.io")
        #expect(endpoint.credentials == BasicCredentials(user: "user", password: "pass"))
    }

    @Test(arguments: [
        ("http://u:p@192.168.1.5:3334", "http://192.168.1.5:3334"), ("http://u:p@[::0:1]:80/", "http://[::1]"),
        ("http://u:p@Printer_1:65535", "http://printer_1:65535"),
    ])
    func `of a self-hosted server keeps its port`(text: String, origin: String) throws {
        #expect(try TunnelEndpoint(parsing: text).origin.description == origin)
    }

    @Test func `decodes percent-encoded credentials once`() throws {
        let endpoint = try TunnelEndpoint(parsing: "https://a%40b:c%2525%3A@example.org")
        #expect(endpoint.credentials == BasicCredentials(user: "a@b", password: "c%25:"))
    }

    @Test(arguments: [
        ("", "endpoint_empty"), ("  \n", "endpoint_empty"), ("user:pass@example.org", "endpoint_not_absolute"),
        ("ftp://u:p@example.org", "endpoint_unsupported_scheme"),
        ("http+unix://u:p@%2Ftmp%2Fs", "endpoint_unsupported_scheme"),
        ("https://example.org", "endpoint_credentials_missing"),
        ("https://u@example.org", "endpoint_credentials_missing"),
        ("https://:p@example.org", "endpoint_credentials_missing"),
        ("https://u:p@evil@example.org", "endpoint_ambiguous_userinfo"),
        ("https://u:p%0d%0aX@example.org", "endpoint_bad_userinfo"),
        ("https://u:p%@example.org", "endpoint_bad_userinfo"),
        ("https://u:p@", "endpoint_no_host"), ("https://u:p@ex ample.org", "endpoint_bad_host"),
        ("https://u:p@example.org\\@evil.org", "endpoint_bad_host"),
        ("https://u:p@exa%2Fmple.org", "endpoint_bad_host"),
        ("https://u:p@2130706433", "endpoint_numeric_host"), ("https://u:p@0x7f.1", "endpoint_numeric_host"),
        ("https://u:p@example.org:0", "endpoint_bad_port"), ("https://u:p@example.org:65536", "endpoint_bad_port"),
        ("https://u:p@example.org:", "endpoint_bad_port"), ("https://u:p@example.org:+80", "endpoint_bad_port"),
        ("https://u:p@example.org/api", "endpoint_path_not_allowed"),
        ("https://u:p@example.org?x", "endpoint_path_not_allowed"),
        ("https://u:p@224.0.0.1", "endpoint_nowhere"),
        ("https://u:p@\(String(repeating: "a", count: 9000))", "endpoint_too_long"),
    ])
    func `that is none is refused with the reason`(text: String, label: String) async {
        let error = await tunnelError { try TunnelEndpoint(parsing: text) }
        #expect(error?.label == label)
        #expect(error?.disposition == .askUser)
    }
}
