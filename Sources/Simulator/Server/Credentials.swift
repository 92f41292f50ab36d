internal import CCrypto
internal import FoundationEssentials

/// User and password of one authorized tunnel, 64 hexadecimal digits each.
struct Credentials: Hashable, Sendable {
    let user: String
    let password: String

    /// The value of the Authorization header that fits.
    var authorization: String { "Basic " + Data("\(user):\(password)".utf8).base64EncodedString() }
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
