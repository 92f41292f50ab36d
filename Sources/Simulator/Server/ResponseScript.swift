internal import NIOCore

/// What a server does with the connection after a request, step by step.
struct ResponseScript: Sendable {
    enum Step: Sendable {
        case send(ByteBuffer)
        case wait(Duration)
        /// One byte at a time.
        case drip(ByteBuffer, every: Duration)
        /// The same bytes again and again, until the client goes away.
        case endless(ByteBuffer)
        /// Nothing, until the client goes away.
        case silence
        /// Ends the connection in good order.
        case close
        /// Ends the connection by a TCP reset.
        case reset
    }

    var steps: [Step]

    init(_ steps: [Step]) {
        self.steps = steps
    }
}

/// A whole answer, before any fault spoils it.
struct Answer: Sendable {
    var status: Int
    var headers: [HTTPField]
    var body: ByteBuffer
    /// Sent in chunks, without a Content-Length.
    var isChunked = false

    init(_ status: Int, type: String, body: ByteBuffer, headers: [HTTPField] = []) {
        self.status = status
        self.headers = [HTTPField(name: "Content-Type", value: type)] + headers
        self.body = body
    }

    init(_ status: Int, type: String = "text/html; charset=utf-8", _ text: String, headers: [HTTPField] = []) {
        self.init(status, type: type, body: ByteBuffer(string: text), headers: headers)
    }

    static func json(_ text: String) -> Answer {
        Answer(200, type: "application/json", text)
    }

    /// A page as Django writes it, with the status' own words.
    static func page(_ status: Int, headers: [HTTPField] = []) -> Answer {
        let title = reason(status)
        return Answer(
            status,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>\(title)</title>\n</head>\n<body>\n  <h1>\(title)</h1>"
                + "<p></p>\n</body>\n</html>\n", headers: headers)
    }

    func script(for method: String) -> ResponseScript {
        guard method != "HEAD" else { return ResponseScript([.send(head(length: body.readableBytes))]) }
        guard isChunked else { return ResponseScript([.send(head(length: body.readableBytes)), .send(body)]) }
        return ResponseScript(
            [.send(head(length: nil))] + chunks().map { .send($0) } + [.send(ByteBuffer(string: "0\r\n\r\n"))])
    }

    /// The status line and header fields; `nil` announces chunks.
    func head(length: Int?) -> ByteBuffer {
        var text = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
        for field in headers { text += "\(field.name): \(field.value)\r\n" }
        text += length.map { "Content-Length: \($0)\r\n\r\n" } ?? "Transfer-Encoding: chunked\r\n\r\n"
        return ByteBuffer(string: text)
    }

    /// The body in chunks of at most 16 KiB, without the one that ends it.
    func chunks() -> [ByteBuffer] {
        var rest = body
        var chunks: [ByteBuffer] = []
        while let piece = rest.readSlice(length: min(16_384, rest.readableBytes)), piece.readableBytes > 0 {
            var chunk = ByteBuffer(string: String(piece.readableBytes, radix: 16) + "\r\n")
            chunk.writeImmutableBuffer(piece)
            chunk.writeString("\r\n")
            chunks.append(chunk)
        }
        return chunks
    }

    static func reason(_ status: Int) -> String {
        let reasons = [
            200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 301: "Moved Permanently", 302: "Found",
            303: "See Other", 304: "Not Modified",
            307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized",
            403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 429: "Too Many Requests",
            500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
        ]
        return reasons[status] ?? "Unknown"
    }
}
