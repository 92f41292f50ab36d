internal import NIOCore

extension HTTPExchangeRequest {
    /// The request as it goes over the connection.
    ///
    /// Names are written as browsers and curl write them: cameras were seen to know no other way.
    ///
    /// - Throws: where a credential holds a character that would end its line, and so begin another.
    func encoded() throws(HTTPError) -> ByteBuffer {
        let origin = address.origin
        var fields = [("host", origin.authority)] + headers + [("accept", "*/*")]
        let body: ByteBuffer? =
            switch method {
            case .get: call?.body
            case .post(let json): json
            case .send(let content): content.bytes
            }
        if let body { fields.append(("content-length", "\(body.readableBytes)")) }
        var text = call?.verb.rawValue ?? (method == .get ? "GET" : "POST")
        text += " \(address.target) HTTP/1.1\r\n"
        for (name, value) in fields {
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else {
                throw .unreachable(origin, reason: "\(name) has a character that cannot be sent")
            }
            text += "\(Self.capitalized(name)): \(value)\r\n"
        }
        var bytes = ByteBuffer(string: text + "\r\n")
        if let body { bytes.writeImmutableBuffer(body) }
        return bytes
    }

    private static func capitalized(_ name: String) -> String {
        name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "-")
    }
}
