package import NIOCore

/// What is asked of a server that takes more than pictures' GET and messages' POST, such as a store of objects.
///
/// Asking twice has to be as good as asking once: it goes out anew where a connection that was used before turns out to be dead.
package struct HTTPCall: Sendable {
    package enum Verb: String, Sendable {
        case get = "GET"
        case put = "PUT"
        case post = "POST"
        case delete = "DELETE"
    }

    let verb: Verb
    /// Names in lower case. Some values are credentials.
    let fields: [(name: String, value: Secret)]
    let body: ByteBuffer?

    /// - Parameters:
    ///   - verb: what is asked.
    ///   - fields: names in lower case; `Host` and `Content-Length` are added to them.
    ///   - body: what is sent; `nil` where a request of this kind has no body.
    package init(_ verb: Verb, fields: [(name: String, value: Secret)], body: ByteBuffer? = nil) {
        (self.verb, self.fields, self.body) = (verb, fields, body)
    }
}
