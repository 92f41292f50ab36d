internal import CCrypto
internal import Formats
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Vocabulary

/// A page of a list.
struct Page<Item: Encodable & Sendable>: Encodable, Sendable {
    let items: [Item]
    /// The `after` of the page that follows; `nil` on the last.
    let next: String?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(items, forKey: .items)
        // The key is there, with null.
        try container.encode(next, forKey: .next)
    }

    private enum Keys: String, CodingKey { case items, next }
}

extension Gallery {
    /// An answer that is asked for again and again: as long as it is the same, a few bytes say so.
    func json(_ value: some Encodable & Sendable, to visit: Visit) throws -> Response {
        try json(JSON.bytes(value), to: visit)
    }

    func json(_ bytes: ByteBuffer, to visit: Visit) -> Response {
        let tag = EntityTag(of: bytes)
        var headers: HTTPFields = [
            .contentType: "application/json", .cacheControl: "private, no-cache", .eTag: tag.text,
            .vary: "Accept-Encoding",
        ]
        if tag.matches(visit.request.headers[.ifNoneMatch]) { return Response(status: .notModified, headers: headers) }
        if bytes.readableBytes > 1000, visit.request.acceptsGzip, let packed = bytes.gzipped() {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: packed))
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
}

/// A strong validator (RFC 9110, 8.8.3).
struct EntityTag: Hashable, Sendable {
    /// With its quotes.
    let text: String

    init(_ opaque: String) { text = "\"\(opaque)\"" }

    init(of bytes: ByteBuffer) { self.init(String(Self.digest(of: bytes).prefix(32))) }

    /// SHA-256, in hexadecimal digits.
    static func digest(of bytes: ByteBuffer) -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        bytes.withUnsafeReadableBytes { bytes in
            _ = SHA256(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, &digest)
        }
        return digest.hexadecimal
    }

    /// Whether an `If-None-Match` names it; weak comparison, as the standard has it there.
    func matches(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { part in
            let tag = part.drop { $0 == " " }.prefix { $0 != " " }
            return tag == "*" || tag == text[...] || tag == "W/" + text
        }
    }
}
