internal import CCrypto

/// User and password of one authorized tunnel, 64 hexadecimal digits each.
struct Credentials: Hashable, Sendable {
    let user: String
    let password: String

    /// The value of the Authorization header that fits.
    var authorization: String { "Basic " + Base64.encoded("\(user):\(password)") }
}

/// SHA-256 and what is made of it, in lower-case hexadecimal digits.
enum Digest {
    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        _ = SHA256(bytes, bytes.count, &digest)
        return digest
    }

    /// HMAC-SHA-256 (RFC 2104). The key has at most 64 bytes.
    static func hmac(_ message: String, key: [UInt8]) -> String {
        let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
        let inner = sha256(padded.map { $0 ^ 0x36 } + Array(message.utf8))
        return hexadecimal(sha256(padded.map { $0 ^ 0x5c } + inner))
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

/// Base64 (RFC 4648, with padding).
enum Base64 {
    static func encoded(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let bytes = Array(text.utf8)
        var encoded = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for index in 0...group.count { encoded.append(alphabet[bits >> (18 - 6 * index) & 63]) }
            encoded += String(repeating: "=", count: 3 - group.count)
        }
        return encoded
    }
}
