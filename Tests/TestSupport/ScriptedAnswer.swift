package import NIOCore

/// What a ``ScriptedServer`` does once a request's head has come: its steps one after the other, raw.
package struct ScriptedAnswer: Sendable {
    package enum Step: Sendable {
        case send(ByteBuffer)
        /// Byte by byte, with a pause before each.
        case drip(ByteBuffer, every: Duration)
        /// The same bytes again and again until the client goes away.
        case endlessly(ByteBuffer)
        /// Says nothing, and keeps the connection until the client goes away.
        case silence
        /// Ends the connection in good order.
        case close
        /// Ends the connection with a TCP reset.
        case reset

        /// Sends a text as it is.
        package static func text(_ text: String) -> Step { .send(ByteBuffer(string: text)) }
    }

    package let steps: [Step]

    package init(_ steps: [Step]) {
        self.steps = steps
    }

    /// Exactly these bytes, and the connection stays open for another request.
    package static func raw(_ text: String) -> ScriptedAnswer { ScriptedAnswer([.send(ByteBuffer(string: text))]) }

    /// A well-formed answer with a `Content-Length`.
    package static func http(
        _ status: Int = 200, headers: [(String, String)] = [], body: ByteBuffer = ByteBuffer()
    ) -> ScriptedAnswer {
        var bytes = head(status, headers: headers + [("Content-Length", "\(body.readableBytes)")])
        bytes.writeImmutableBuffer(body)
        return ScriptedAnswer([.send(bytes)])
    }

    /// A well-formed answer with a body of text.
    package static func http(_ status: Int = 200, headers: [(String, String)] = [], text: String) -> ScriptedAnswer {
        http(status, headers: headers, body: ByteBuffer(string: text))
    }

    /// A redirect.
    package static func redirect(_ status: Int = 302, to location: String) -> ScriptedAnswer {
        http(status, headers: [("Location", location)])
    }

    /// Accepts, reads the request, and never answers.
    package static let silence = ScriptedAnswer([.silence])

    /// Resets the connection instead of answering.
    package static let reset = ScriptedAnswer([.reset])

    /// An answer's head, for composing steps.
    package static func head(_ status: Int = 200, headers: [(String, String)] = []) -> ByteBuffer {
        let lines = ["HTTP/1.1 \(status) Scripted"] + headers.map { "\($0.0): \($0.1)" }
        return ByteBuffer(string: lines.joined(separator: "\r\n") + "\r\n\r\n")
    }
}
