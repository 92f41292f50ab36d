internal import CCrypto
internal import Foundation

/// A password as it is stored: what scrypt (RFC 7914) makes of it and of a salt, at a cost of about 100 ms and 32 MiB.
///
/// Written as `scrypt$15$8$1$SALT$KEY`: the base-2 logarithm of N, r, p, and salt and key in Base64.
package struct PasswordHash: Hashable, Sendable, CustomStringConvertible {
    private let salt: [UInt8]
    private let key: [UInt8]

    private static let (logarithm, blockSize, parallelism) = (15, 8, 1)

    /// - Returns: `nil` where the system gives no random bytes or no memory.
    package init?(of password: String) {
        var salt = [UInt8](repeating: 0, count: 16)
        guard RAND_bytes(&salt, Int32(salt.count)) == 1, let key = Self.key(password, salt) else { return nil }
        (self.salt, self.key) = (salt, key)
    }

    /// Reads what ``description`` wrote; `nil` for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt",
            parts[1...3].map({ Int($0) }) == [Self.logarithm, Self.blockSize, Self.parallelism],
            let salt = Data(base64Encoded: String(parts[4])), salt.count == 16,
            let key = Data(base64Encoded: String(parts[5])), key.count == 32
        else { return nil }
        (self.salt, self.key) = (Array(salt), Array(key))
    }

    package var description: String {
        "scrypt$\(Self.logarithm)$\(Self.blockSize)$\(Self.parallelism)$\(Data(salt).base64EncodedString())$"
            + Data(key).base64EncodedString()
    }

    /// In a time that tells nothing of how much is right. It takes about 100 ms of a core.
    package func matches(_ password: String) -> Bool {
        guard let other = Self.key(password, salt) else { return false }
        return CRYPTO_memcmp(key, other, key.count) == 0
    }

    private static func key(_ password: String, _ salt: [UInt8]) -> [UInt8]? {
        var key = [UInt8](repeating: 0, count: 32)
        let bytes = Array(password.utf8).map(CChar.init(bitPattern:))
        let made = EVP_PBE_scrypt(
            bytes, bytes.count, salt, salt.count, 1 << logarithm, UInt64(blockSize), UInt64(parallelism), 64 << 20,
            &key,
            key.count)
        return made == 1 ? key : nil
    }
}
