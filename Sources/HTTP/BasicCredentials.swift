internal import FoundationEssentials

/// A user and a password for HTTP's Basic authentication (RFC 7617), neither of which can be printed.
public struct BasicCredentials: Hashable, Sendable {
    public let user: Secret
    public let password: Secret

    public init(user: String, password: String) {
        (self.user, self.password) = (Secret(user), Secret(password))
    }

    /// The value of the `Authorization` header.
    var authorization: Secret {
        Secret("Basic " + Data("\(user.revealed):\(password.revealed)".utf8).base64EncodedString())
    }
}
