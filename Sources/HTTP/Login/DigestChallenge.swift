internal import CCrypto

/// A digest challenge that can be answered (RFC 7616, and its forerunners RFC 2617 and RFC 2069).
struct DigestChallenge: Hashable {
    enum Algorithm: String {
        case md5 = "MD5"
        case sha256 = "SHA-256"
    }

    let realm: String
    let nonce: String
    let opaque: String?
    let algorithm: Algorithm
    /// Whether the key is bound to the first nonce of a session.
    let isSession: Bool
    /// Whether the challenge names its algorithm; old cameras do not, and some do not understand an answer that does.
    let namesAlgorithm: Bool
    /// What is protected: `auth` or `auth-int`; `nil` as in RFC 2069.
    let protection: String?
    let hashesUser: Bool
    /// Whether only the nonce was too old, and user and password may well be right.
    let isStale: Bool

    /// - Returns: `nil` where it is another challenge, or has an algorithm or a protection that nobody here knows.
    init?(_ challenge: AuthenticationChallenge) {
        let parameters = challenge.parameters
        guard challenge.scheme == "digest", let nonce = parameters["nonce"], let realm = parameters["realm"] else {
            return nil
        }
        let name = parameters["algorithm"] ?? "MD5"
        isSession = name.lowercased().hasSuffix("-sess")
        guard let algorithm = Algorithm(rawValue: String(name.uppercased().dropLast(isSession ? 5 : 0))) else {
            return nil
        }
        let offered = parameters["qop"]?.split(separator: ",").map { $0.trimmed.lowercased() } ?? []
        guard let protection = ["auth", "auth-int"].first(where: offered.contains) ?? (offered.isEmpty ? "" : nil)
        else { return nil }
        (self.realm, self.nonce, self.algorithm) = (realm, nonce, algorithm)
        self.protection = protection.isEmpty ? nil : protection
        opaque = parameters["opaque"]
        namesAlgorithm = parameters["algorithm"] != nil
        hashesUser = parameters["userhash"]?.lowercased() == "true"
        isStale = parameters["stale"]?.lowercased() == "true"
    }

    /// The strongest of several challenges that can be answered.
    static func best(of challenges: [AuthenticationChallenge]) -> DigestChallenge? {
        let digests = challenges.compactMap { DigestChallenge($0) }
        return digests.first { $0.algorithm == .sha256 } ?? digests.first
    }

    /// The `Authorization` field for a request without a body.
    ///
    /// - Parameters:
    ///   - count: how often the nonce has been used, this time included.
    ///   - clientNonce: new for each request.
    func authorization(
        _ credentials: BasicCredentials, method: String, target: String, count: Int, clientNonce: String
    ) -> Secret {
        let (user, password) = (credentials.user.revealed, credentials.password.revealed)
        var key = hash("\(user):\(realm):\(password)")
        if isSession { key = hash("\(key):\(nonce):\(clientNonce)") }
        var request = "\(method):\(target)"
        if protection == "auth-int" { request += ":" + hash("") }
        let turn = Self.hexadecimal(count)
        let middle = protection.map { "\(turn):\(clientNonce):\($0):" } ?? ""
        let response = hash("\(key):\(nonce):\(middle)\(hash(request))")

        // In curl's order and with its quotation marks: that is what cameras were tried with.
        var fields = [
            ("username", Self.quoted(hashesUser ? hash("\(user):\(realm)") : user)), ("realm", Self.quoted(realm)),
            ("nonce", Self.quoted(nonce)), ("uri", Self.quoted(target)),
        ]
        if let protection {
            fields += [("cnonce", Self.quoted(clientNonce)), ("nc", turn), ("qop", protection)]
        } else if isSession {
            fields.append(("cnonce", Self.quoted(clientNonce)))
        }
        fields.append(("response", Self.quoted(response)))
        if let opaque { fields.append(("opaque", Self.quoted(opaque))) }
        if namesAlgorithm { fields.append(("algorithm", algorithm.rawValue + (isSession ? "-sess" : ""))) }
        if hashesUser { fields.append(("userhash", "true")) }
        return Secret("Digest " + fields.map { "\($0)=\($1)" }.joined(separator: ", "))
    }

    /// Eight digits, as the count of uses is written.
    private static func hexadecimal(_ count: Int) -> String {
        let digits = String(count, radix: 16)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private func hash(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var digest: [UInt8]
        switch algorithm {
        case .md5:
            digest = [UInt8](repeating: 0, count: Int(MD5_DIGEST_LENGTH))
            _ = MD5(bytes, bytes.count, &digest)
        case .sha256:
            digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
            _ = SHA256(bytes, bytes.count, &digest)
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
