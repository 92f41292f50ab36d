import HTTP
import Testing

@testable import Tunnel

/// The callback that stands in the address of an authorization page.
struct PresentedCallback: Sendable {
    let port: Int
    /// `/SECRET`
    let path: String

    init(in address: String) throws {
        let encoded = address.split(separator: "success_redirect_url=").last ?? ""
        let callback = try #require(PercentEncoding.decode(encoded))
        let parts = try #require(callback.wholeMatch(of: /http:\/\/127\.0\.0\.1:(\d+)(\/[0-9a-f]{32})/)).output
        (port, path) = (try #require(Int(parts.1)), String(parts.2))
    }
}
