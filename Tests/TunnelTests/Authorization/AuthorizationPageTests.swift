import HTTP
import Testing
import Vocabulary

@testable import Tunnel

@Suite struct `The authorization page's address` {
    @Test func `escapes its parameters`() throws {
        let page = try AuthorizationPage(
            server: "https://app.obico.io", app: try AppName("Grün & Co: 100%+?"), printer: "12345")
        #expect(
            page.address(returningTo: "http://127.0.0.1:4321/ab")
                == "https://app.obico.io/tunnels/new/?app=Gr%C3%BCn%20%26%20Co%3A%20100%25%2B%3F&printer_id=12345"
                + "&success_redirect_url=http%3A%2F%2F127.0.0.1%3A4321%2Fab")
    }

    @Test(arguments: [
        ("https://APP.obico.io", "https://app.obico.io"), ("http://192.168.1.5:3334/", "http://192.168.1.5:3334"),
        ("http://127.0.0.1:8000/tunnels/new/", "http://127.0.0.1:8000"),
        ("https://example.org/tunnels/new?app=x#y", "https://example.org"),
    ])
    func `is made of the server's, or of itself`(server: String, origin: String) throws {
        let page = try AuthorizationPage(server: server, app: try AppName("a"))
        #expect(page.address(returningTo: "x") == "\(origin)/tunnels/new/?app=a&success_redirect_url=x")
    }

    @Test(arguments: [
        ("app.obico.io", "server_not_absolute"), ("https://u:p@app.obico.io", "server_userinfo_not_allowed"),
        ("https://app.obico.io/printers/1", "server_path_not_allowed"), ("ftp://x", "server_unsupported_scheme"),
        ("", "server_empty"),
    ])
    func `is not made of what is no server's`(server: String, label: String) async throws {
        let app = try AppName("a")
        #expect(await tunnelError { try AuthorizationPage(server: server, app: app) }?.label == label)
    }
}

@Suite struct `An app's name` {
    @Test(arguments: ["a", "Printlapse", String(repeating: "ü", count: 64)])
    func `has up to 64 characters`(name: String) throws {
        #expect(try AppName(name).text == name)
    }

    @Test(arguments: ["", "  ", String(repeating: "a", count: 65), "a\nb", "Obico"])
    func `is refused where the server would`(name: String) {
        let error = #expect(throws: AuthorizationError.self) { try AppName(name) }
        #expect(error?.label == "app_name")
    }
}
