internal import NIOCore
internal import Vocabulary

/// The pages on which a signed-in user gives an app a tunnel.
struct AuthorizationPages: Sendable {
    let simulation: Simulation
    /// Host and port of the tunnel's server.
    let tunnelHost: String

    func answer(to request: ServerRequest) -> Answer {
        switch (request.method, request.path) {
        case ("GET", "/tunnels/new/"): page(request)
        case ("GET", "/tunnels/succeeded/"):
            Answer(
                200,
                "<!doctype html><title>Obico</title><h1>The tunnel is authorized</h1><p>You can close this page.</p>")
        case ("POST", "/api/v1/tunnels/"): authorize(request)
        default: .page(404)
        }
    }

    private func page(_ request: ServerRequest) -> Answer {
        let app = request.parameter("app") ?? "Unknown App"
        if let refusal = refusal(of: app) { return refusal }
        if let printer = request.parameter("printer_id"), printer != "\(simulation.settings.printerNumber)" {
            return Answer(200, "<!doctype html><title>Obico</title><h1>Welcome to Obico</h1>")
        }
        let platform = request.parameter("platform") == "Klipper" ? "Klipper" : "OctoPrint"
        return Answer(
            200,
            """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Authorize \(app.escapedForHTML)</title></head>
            <body>
            <h1>Authorize <em id="app">\(app.escapedForHTML)</em></h1>
            <p>It wants to reach \(platform) on “Simulated printer” through a tunnel.</p>
            <button id="authorize">Authorize</button>
            <p id="error"></p>
            <script>
            document.getElementById('authorize').addEventListener('click', async () => {
              const response = await fetch('/api/v1/tunnels/', {
                method: 'POST',
                headers: {'Content-Type': 'application/json'},
                body: JSON.stringify({
                  app_name: document.getElementById('app').textContent,
                  target_printer_id: \(simulation.settings.printerNumber)
                })
              });
              if (!response.ok) {
                document.getElementById('error').textContent = 'The server answered ' + response.status;
                return;
              }
              const tunnelEndpoint = (await response.json()).tunnel_endpoint;
              const redirectUrl =
                new URLSearchParams(window.location.search).get('success_redirect_url') || '/tunnels/succeeded/';
              window.location.replace(`${redirectUrl}\(appendix)`);
            });
            </script>
            </body>
            </html>

            """)
    }

    /// The end of the template in the page's script.
    private var appendix: String {
        switch simulation.settings.redirect {
        case .asServed: "?tunnel_endpoint=${tunnelEndpoint}"
        case .asPublished: "/?tunnel_endpoint=${tunnelEndpoint}"
        case .encoded: "?tunnel_endpoint=${encodeURIComponent(tunnelEndpoint)}"
        }
    }

    private func authorize(_ request: ServerRequest) -> Answer {
        struct Wish: Decodable {
            var appName: String
        }
        guard let wish: Wish = try? request.decoded() else { return .page(400) }
        if let refusal = refusal(of: wish.appName) { return refusal }
        let credentials = simulation.authorize()
        return Answer(
            201, type: "application/json",
            #"{"tunnel_endpoint": "http://\#(credentials.user):\#(credentials.password)@\#(tunnelHost)"}"#)
    }

    /// A name over 64 characters cannot be kept, and the server's own name is nobody else's.
    private func refusal(of app: String) -> Answer? {
        if app.count > 64 { return .page(400) }
        return app == "Obico" ? .page(403) : nil
    }
}
