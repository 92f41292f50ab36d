/// An address taken apart as RFC 3986 says, with its userinfo.
package struct AddressParts {
    package let address: WebAddress
    /// `nil` where there is no `@`.
    package let credentials: BasicCredentials?

    /// Takes an absolute `http` or `https` URL apart; its fragment is dropped.
    package init(parsing text: some StringProtocol) throws(AddressProblem) {
        guard text.utf8.count <= WebAddress.longest else { throw .tooLong }
        guard let colon = text.range(of: "://") else { throw .notAbsolute }
        guard let scheme = Origin.Scheme(rawValue: text[..<colon.lowerBound].lowercased()) else {
            throw .unsupportedScheme
        }
        let rest = text[colon.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { !"/?".contains($0) }
        // A backslash is a slash to browsers and an ordinary character to others: nobody needs one.
        guard !authority.contains("\\") else { throw .badHost }

        let ends = authority.split(separator: "@", omittingEmptySubsequences: false)
        guard ends.count <= 2, let hostAndPort = ends.last else { throw .ambiguousUserinfo }
        credentials = ends.count == 2 ? try Self.credentials(ends[0]) : nil
        let (host, port) = try Self.hostAndPort(hostAndPort)
        address = try WebAddress(
            Origin(scheme: scheme, host: host, port: port), pathAndQuery: rest[authority.endIndex...])
    }

    private static func credentials(_ userinfo: some StringProtocol) throws(AddressProblem) -> BasicCredentials {
        let parts = userinfo.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let decoded = parts.map { PercentEncoding.decode($0) }
        guard let user = decoded.first ?? nil, let password = decoded.count == 2 ? decoded[1] : "" else {
            throw .badUserinfo
        }
        // A control character could end the header line that this becomes; RFC 7617 forbids a colon in the user.
        guard !user.contains(":"), (user + password).unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
        else { throw .badUserinfo }
        return BasicCredentials(user: user, password: password)
    }

    private static func hostAndPort(_ text: some StringProtocol) throws(AddressProblem) -> (Host, Int?) {
        let bracket = text.lastIndex(of: "]")
        guard let colon = text.lastIndex(of: ":"), bracket.map({ colon > $0 }) ?? true else {
            return (try Host(parsing: text), nil)
        }
        let digits = text[colon...].dropFirst()
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = Int(digits), (1...65535).contains(port)
        else { throw .badPort }
        return (try Host(parsing: text[..<colon]), port)
    }
}

extension StringProtocol {
    /// The first place where `text` stands.
    fileprivate func range(of text: String) -> Range<Index>? {
        indices.lazy.filter { self[$0...].hasPrefix(text) }.first.map { start in
            start..<index(start, offsetBy: text.count)
        }
    }
}
