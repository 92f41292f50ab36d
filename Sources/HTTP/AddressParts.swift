/// An address taken apart as RFC 3986 says, with its userinfo.
package struct AddressParts {
    package let address: WebAddress
    /// `nil` where there is no `@`.
    package let credentials: BasicCredentials?

    /// Takes an absolute `http` or `https` URL apart; its fragment is dropped.
    package init(parsing text: some StringProtocol) throws(AddressProblem) {
        try self.init(Substring(text).utf8)
    }

    /// All that divides an address is ASCII, so that its bytes are looked at: a letter of several code points is no delimiter, and
    /// a thousand addresses are read in a few milliseconds.
    private init(_ text: Substring.UTF8View) throws(AddressProblem) {
        guard text.count <= WebAddress.longest else { throw .tooLong }
        guard let colon = text.indices.first(where: { text[$0...].starts(with: "://".utf8) }) else {
            throw .notAbsolute
        }
        guard let scheme = Origin.Scheme(rawValue: Substring(text[..<colon]).lowercased()) else {
            throw .unsupportedScheme
        }
        let rest = text[colon...].dropFirst(3).prefix { $0 != UInt8(ascii: "#") }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        // A backslash is a slash to browsers and an ordinary character to others: nobody needs one.
        guard !authority.contains(UInt8(ascii: "\\")) else { throw .badHost }

        let ends = authority.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard ends.count <= 2, let hostAndPort = ends.last else { throw .ambiguousUserinfo }
        credentials = ends.count == 2 ? try Self.credentials(ends[0]) : nil
        let (host, port) = try Self.hostAndPort(hostAndPort)
        address = try WebAddress(
            Origin(scheme: scheme, host: host, port: port),
            pathAndQuery: Substring(rest[authority.endIndex...]))
    }

    private static func credentials(_ userinfo: Substring.UTF8View) throws(AddressProblem) -> BasicCredentials {
        let parts = userinfo.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        let decoded = parts.map { PercentEncoding.decode(Substring($0)) }
        guard let user = decoded.first ?? nil, let password = decoded.count == 2 ? decoded[1] : "" else {
            throw .badUserinfo
        }
        // A control character could end the header line that this becomes; RFC 7617 forbids a colon in the user.
        guard !user.utf8.contains(UInt8(ascii: ":")), (user + password).utf8.allSatisfy({ $0 >= 32 && $0 != 127 })
        else { throw .badUserinfo }
        return BasicCredentials(user: user, password: password)
    }

    private static func hostAndPort(_ text: Substring.UTF8View) throws(AddressProblem) -> (Host, Int?) {
        let bracket = text.lastIndex(of: UInt8(ascii: "]"))
        guard let colon = text.lastIndex(of: UInt8(ascii: ":")), bracket.map({ colon > $0 }) ?? true else {
            return (try Host(parsing: Substring(text)), nil)
        }
        let digits = text[colon...].dropFirst()
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = Int(Substring(digits)), (1...65535).contains(port)
        else { throw .badPort }
        return (try Host(parsing: Substring(text[..<colon])), port)
    }
}
