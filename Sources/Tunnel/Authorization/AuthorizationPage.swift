public import HTTP

/// The page of a server on which a signed-in user gives an app a tunnel.
public struct AuthorizationPage: Hashable, Sendable {
    /// The hosted service.
    public static let hostedServer = "https://app.obico.io"

    public let server: Origin
    public let app: AppName
    /// The printer's number; `nil` lets the page offer all that the user has.
    public let printer: String?

    /// - Parameters:
    ///   - server: the server's address, or the page's own (`…/tunnels/new/`).
    ///   - app: what the page says that the tunnel is for.
    ///   - printer: its number; `nil` lets the page offer all that the user has.
    /// - Throws: ``TunnelError/http(_:)`` with what is wrong with the address.
    public init(
        server: String = hostedServer, app: AppName, printer: String? = nil
    ) throws(TunnelError) {
        self.server = try Origin(parsingServer: server)
        (self.app, self.printer) = (app, printer)
    }

    /// The page's address.
    ///
    /// - Parameter callback: the browser goes there with `?tunnel_endpoint=…` appended when the user has authorized. It has
    ///   neither query nor fragment: servers append as if there were none.
    func address(returningTo callback: String) -> String {
        let parameters = [("app", app.text), ("printer_id", printer), ("success_redirect_url", callback)]
        let query = parameters.compactMap { name, value in value.map { "\(name)=\(PercentEncoding.encode($0))" } }
        return "\(server)/tunnels/new/?" + query.joined(separator: "&")
    }
}

extension Origin {
    /// Reads a server's address: scheme, host and port, a slash at its end or the authorization page's path being no matter.
    init(parsingServer text: String) throws(TunnelError) {
        do throws(HTTPError) {
            let (address, credentials) = try WebAddress.withCredentials(parsing: text, as: .server)
            guard credentials == nil else { throw .address(.userinfoNotAllowed, of: .server) }
            guard ["/", "/tunnels/new", "/tunnels/new/"].contains(address.path) else {
                throw .address(.pathNotAllowed, of: .server)
            }
            self = address.origin
        } catch {
            throw .http(error)
        }
    }
}
