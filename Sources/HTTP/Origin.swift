/// The scheme, host and port that a credential belongs to (RFC 6454).
public struct Origin: Hashable, Sendable, CustomStringConvertible {
    public let scheme: Scheme
    public let host: Host
    /// 1 to 65535; the scheme's own port where the address names none.
    public let port: Int

    /// The schemes that this program speaks.
    public enum Scheme: String, Sendable {
        case http
        case https

        /// 80 or 443.
        public var defaultPort: Int { self == .http ? 80 : 443 }
    }

    public init(scheme: Scheme, host: Host, port: Int? = nil) {
        (self.scheme, self.host, self.port) = (scheme, host, port ?? scheme.defaultPort)
    }

    /// What the `Host` field says: without the scheme's own port.
    package var authority: String { "\(host)" + (port == scheme.defaultPort ? "" : ":\(port)") }

    /// `https://example.org` or `http://[::1]:8080`, without the scheme's own port.
    public var description: String {
        "\(scheme.rawValue)://\(authority)"
    }
}
