public import HTTP

/// Where a tunnel is, and the credentials that open it.
///
/// The tunnel's user and password go to its ``origin`` and nowhere else; the description leaves them out.
public struct TunnelEndpoint: Hashable, Sendable, CustomStringConvertible {
    public let origin: Origin
    public let credentials: BasicCredentials

    public init(origin: Origin, credentials: BasicCredentials) {
        (self.origin, self.credentials) = (origin, credentials)
    }

    /// Reads an endpoint such as `https://USER:PASSWORD@0123456789abcdef.tunnels.app.obico.io`.
    ///
    /// Hosted and self-hosted servers alike; user and password may be percent-encoded; white space, quotation marks and angle
    /// brackets around it, and a slash at its end, do not matter. So the whole address that a browser shows after an
    /// authorization can be pasted (`…?tunnel_endpoint=…`), with the endpoint raw or percent-encoded.
    ///
    /// - Throws: ``TunnelError/http(_:)`` with what is wrong with the address.
    public init(parsing text: String) throws(TunnelError) {
        do throws(AddressProblem) {
            let parts = try AddressParts(parsing: try Self.endpoint(in: text))
            guard let credentials = parts.credentials, !credentials.user.isEmpty, !credentials.password.isEmpty else {
                throw AddressProblem.credentialsMissing
            }
            guard parts.address.revealed == "\(parts.address.origin)/" else { throw AddressProblem.pathNotAllowed }
            guard parts.address.origin.host.reach != .nowhere else { throw AddressProblem.nowhere }
            self.init(origin: parts.address.origin, credentials: credentials)
        } catch {
            throw .http(.address(error, of: .endpoint))
        }
    }

    /// The endpoint itself, out of whatever stands around it.
    private static func endpoint(in text: String) throws(AddressProblem) -> String {
        var endpoint = text.trimmingPrefix { $0.isWhitespace || "\"'<\u{FEFF}".contains($0) }
        while let last = endpoint.last, last.isWhitespace || "\"'>".contains(last) { endpoint.removeLast() }
        if let match = endpoint.firstRange(of: "tunnel_endpoint=") {
            endpoint = endpoint[match.upperBound...].prefix { $0 != "&" && $0 != "#" }
            // The server's page appends it raw; others encode the whole value, so that it holds no “://”.
            if !endpoint.contains("://") {
                guard let decoded = PercentEncoding.decode(endpoint) else { throw .badUserinfo }
                endpoint = decoded[...]
            }
        }
        guard !endpoint.isEmpty else { throw .empty }
        return String(endpoint)
    }

    /// The origin alone.
    public var description: String { origin.description }

    /// The whole endpoint, credentials included, in a form that ``init(parsing:)`` reads back.
    var revealed: Secret {
        let (user, password) = (credentials.user.revealed, credentials.password.revealed)
        let userinfo = "\(PercentEncoding.encode(user)):\(PercentEncoding.encode(password))"
        return Secret("\(origin.scheme.rawValue)://\(userinfo)@\(origin.host):\(origin.port)")
    }

    /// The address of a path below this endpoint. Slashes in front of the path are not doubled: the server proxies
    /// `//_tsd_/…` to OctoPrint instead of answering it.
    func address(of path: String) throws(TunnelError) -> WebAddress {
        do throws(AddressProblem) {
            return try WebAddress(origin, pathAndQuery: "/" + path.drop { $0 == "/" })
        } catch {
            throw .http(.address(error, of: .request))
        }
    }
}
