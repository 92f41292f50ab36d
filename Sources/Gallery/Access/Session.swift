internal import CCrypto
internal import Foundation
internal import Vocabulary

/// A visitor, from one request to the next: what the cookie says, which nobody but this server can write.
///
/// Nothing of it is kept here: a thousand visitors, or somebody who throws cookies away, cost no memory.
struct Session: Hashable, Sendable {
    /// Unguessable, 128 bits.
    let id: String
    let isLoggedIn: Bool
    let begun: Timestamp

    static let cookie = "printlapse_session"
    static let lifetime = Duration.seconds(30 * 86_400)
}

/// Signs sessions, and reads them again.
struct SessionSigner: Sendable {
    private let secret: [UInt8]

    /// Sessions end with the server that began them.
    init() {
        secret = Self.random(32)
    }

    func begin(isLoggedIn: Bool, at now: Timestamp) -> Session {
        Session(id: Self.random(16).hexadecimal, isLoggedIn: isLoggedIn, begun: now)
    }

    /// The cookie's value.
    func text(of session: Session) -> String {
        let said = "\(session.isLoggedIn ? "l" : "v").\(session.begun.milliseconds).\(session.id)"
        return said + "." + signature(of: "session " + said)
    }

    /// - Returns: `nil` for what this server did not write, or long ago.
    func session(from text: String, at now: Timestamp) -> Session? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count < 200, parts.count == 4, parts[0] == "l" || parts[0] == "v",
            let milliseconds = Int64(parts[1]),
            Self.areEqual(signature(of: "session " + parts[0...2].joined(separator: ".")), String(parts[3]))
        else { return nil }
        let begun = Timestamp(milliseconds: milliseconds)
        guard now - begun < Session.lifetime, begun - now < .seconds(86_400) else { return nil }
        return Session(id: String(parts[2]), isLoggedIn: parts[0] == "l", begun: begun)
    }

    /// What a request that changes something must carry beside the cookie: pages of others cannot read it.
    func token(of session: Session) -> String { signature(of: "token " + session.id) }

    func isToken(_ text: String?, of session: Session) -> Bool {
        text.map { Self.areEqual($0, token(of: session)) } ?? false
    }

    /// HMAC-SHA-256 (RFC 2104).
    private func signature(of text: String) -> String {
        let bytes = Array(text.utf8)
        var code = [UInt8](repeating: 0, count: 32)
        var length = UInt32(code.count)
        let made = HMAC(EVP_sha256(), secret, Int32(secret.count), bytes, bytes.count, &code, &length)
        precondition(made != nil, "SHA-256 is always there")
        return code.hexadecimal
    }

    private static func areEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        return left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }

    private static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
