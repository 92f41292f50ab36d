internal import HTTP
internal import Vocabulary

/// How an authorization ended, as the browser is told.
enum AuthorizationOutcome: Hashable, Sendable {
    case authorized
    case failed
}

/// The page on which the user's way through the browser ends. It holds no secret, loads nothing and runs nothing.
struct OutcomePage: Sendable {
    let app: AppName
    let outcome: AuthorizationOutcome

    /// - Parameter nonce: random, for this one answer: it lets the page's own style through, and no other.
    func answer(nonce: Secret) -> CallbackAnswer {
        CallbackAnswer(
            status: "200 OK", contentType: "text/html; charset=utf-8",
            contentSecurityPolicy:
                "default-src 'none'; style-src 'nonce-\(nonce.revealed)'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'",
            body: html(nonce: nonce))
    }

    private func html(nonce: Secret) -> String {
        let name = app.text.escapedForHTML
        let (kind, title, text, mark) =
            switch outcome {
            case .authorized:
                (
                    "good", "\(name) is authorized",
                    "The tunnel is in place. You can close this page and go back to the terminal.",
                    #"<path d="M20 33.5 28.5 42 45 24.5"/>"#
                )
            case .failed:
                (
                    "bad", "\(name) could not use the tunnel",
                    "Nothing was stored. The terminal says why, and what to do.",
                    #"<path d="M23 23 41 41M41 23 23 41"/>"#
                )
            }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <style nonce="\(nonce.revealed)">\(Self.style)</style>
            </head>
            <body class="\(kind)">
            <main>
            <svg viewBox="0 0 64 64" width="72" height="72" aria-hidden="true"><circle cx="32" cy="32" r="30"/>\(mark)</svg>
            <h1>\(title)</h1>
            <p>\(text)</p>
            </main>
            </body>
            </html>

            """
    }

    private static let style = """

        :root { --ground: #eef1f4; --card: #fff; --text: #1c2430; --quiet: #566173; --good: #14804a; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) {
          :root { --ground: #10141a; --card: #1a2029; --text: #e8ecf2; --quiet: #9aa5b5; --good: #3fc380; --bad: #ff7b72; }
        }
        * { margin: 0; box-sizing: border-box; }
        body { min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground);
          color: var(--text); font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 27rem; padding: 2.75rem 2.25rem 2.5rem; border-radius: 1.25rem; background: var(--card);
          text-align: center; box-shadow: 0 1px 2px rgb(0 0 0 / .06), 0 12px 40px rgb(0 0 0 / .09); }
        svg { fill: none; stroke-width: 4; stroke-linecap: round; stroke-linejoin: round; }
        circle { stroke: none; fill: currentColor; opacity: .13; }
        path { stroke: currentColor; }
        .good svg { color: var(--good); }
        .bad svg { color: var(--bad); }
        h1 { margin: 1.1rem 0 .5rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em;
          overflow-wrap: anywhere; }
        p { color: var(--quiet); }

        """
}
