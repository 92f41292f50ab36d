internal import HTTP
internal import NIOCore

/// What the callback listener sends; after each answer the connection ends.
struct CallbackAnswer: Hashable, Sendable {
    let status: String
    var location: String?
    var contentType = "text/plain; charset=utf-8"
    var contentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'"
    var body: String

    /// 303: the browser asks for the other path by GET, and shows that one in its address bar.
    static func seeOther(_ path: String) -> CallbackAnswer {
        CallbackAnswer(status: "303 See Other", location: path, body: "")
    }

    static func refusal(_ refusal: CallbackRouter.Refusal) -> CallbackAnswer {
        switch refusal {
        case .withoutEndpoint:
            CallbackAnswer(
                status: "400 Bad Request", body: "No tunnel's endpoint can be read in this address.\n")
        case .unknownPath: CallbackAnswer(status: "404 Not Found", body: "There is nothing here.\n")
        case .method: CallbackAnswer(status: "405 Method Not Allowed", body: "Only GET is answered here.\n")
        case .usedAlready: CallbackAnswer(status: "410 Gone", body: "This address worked once, and it did.\n")
        case .foreignHost:
            CallbackAnswer(status: "421 Misdirected Request", body: "This server goes by its address alone.\n")
        }
    }

    /// - Parameter hasBody: false for an answer to HEAD, whose length is told all the same.
    func bytes(hasBody: Bool) -> ByteBuffer {
        var lines = [
            "HTTP/1.1 \(status)", "Content-Type: \(contentType)", "Content-Length: \(body.utf8.count)",
            "Connection: close", "Cache-Control: no-store", "Referrer-Policy: no-referrer",
            "X-Content-Type-Options: nosniff", "Cross-Origin-Opener-Policy: same-origin",
            "Content-Security-Policy: \(contentSecurityPolicy)",
        ]
        if status.hasPrefix("405") { lines.append("Allow: GET") }
        if let location { lines.append("Location: \(location)") }
        return ByteBuffer(string: lines.joined(separator: "\r\n") + "\r\n\r\n" + (hasBody ? body : ""))
    }
}
