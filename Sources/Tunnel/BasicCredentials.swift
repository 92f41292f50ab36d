internal import NIOCore

/// A user and a password for HTTP's Basic authentication (RFC 7617), neither of which can be printed.
public struct BasicCredentials: Hashable, Sendable {
    public let user: Secret
    public let password: Secret

    public init(user: String, password: String) {
        (self.user, self.password) = (Secret(user), Secret(password))
    }

    /// The value of the `Authorization` header.
    var authorization: Secret {
        Secret("Basic " + Base64.encode("\(user.revealed):\(password.revealed)".utf8))
    }
}

/// Base 64 with padding (RFC 4648, section 4).
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let group = Array(rest.prefix(3))
            let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[$1]) : 0) }
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
            rest = rest.dropFirst(3)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
