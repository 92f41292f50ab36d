/// What to do about a redirect, decided without sending anything.
enum Redirects {
    /// How many are followed for one fetch.
    static let most = 3

    /// Where a redirect leads (301, 302, 303, 307, 308), or `nil` for any other answer.
    ///
    /// A `Location` may be relative (RFC 9110, section 10.2.2): an absolute path is resolved, and a path relative to the
    /// present one. Userinfo in it is refused, and so is the way from https to http.
    static func target(
        of response: HTTPExchangeResponse, to request: WebAddress
    ) throws(HTTPError) -> WebAddress? {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.header("Location") else {
            return nil
        }
        let target: WebAddress
        do throws(AddressProblem) {
            target = try resolve(location.prefix { $0 != "#" }, against: request)
        } catch {
            throw .address(error, of: .redirect)
        }
        guard request.origin.scheme == .http || target.origin.scheme == .https else {
            throw .redirectedToPlainHTTP(host: target.origin.host)
        }
        return target
    }

    private static func resolve(
        _ location: Substring, against request: WebAddress
    ) throws(AddressProblem) -> WebAddress {
        if location.isEmpty { throw .empty }
        if location.hasPrefix("//") {
            return try absolute("\(request.origin.scheme.rawValue):\(location)")
        }
        if location.hasPrefix("/") {
            return try WebAddress(request.origin, pathAndQuery: location)
        }
        if let colon = location.firstIndex(of: ":"), !location[..<colon].contains(where: { "/?".contains($0) }) {
            return try absolute(location)
        }
        if location.hasPrefix("?") {
            return try WebAddress(request.origin, pathAndQuery: request.path + location)
        }
        let folder = request.path[...(request.path.lastIndex(of: "/") ?? request.path.startIndex)]
        return try WebAddress(request.origin, pathAndQuery: folder + location)
    }

    private static func absolute(_ text: some StringProtocol) throws(AddressProblem) -> WebAddress {
        let parts = try AddressParts(parsing: text)
        guard parts.credentials == nil else { throw .userinfoNotAllowed }
        return parts.address
    }
}
