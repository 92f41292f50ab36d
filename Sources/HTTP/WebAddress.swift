/// An absolute `http` or `https` URL without userinfo and without a fragment.
///
/// Path and query are kept byte for byte as they were written: a signature stands in the query, and a library that
/// re-encoded it would break it. The description leaves the query out, because it can be a capability.
public struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    public let origin: Origin
    /// Begins with `/`.
    public let path: String
    /// Without its question mark; `nil` where there is none.
    private let query: Secret?

    /// An address of an origin.
    ///
    /// - Parameter pathAndQuery: a path, to which slashes in front neither add nor matter, and an optional query.
    package init(_ origin: Origin, pathAndQuery: some StringProtocol) throws(AddressProblem) {
        guard pathAndQuery.utf8.count <= Self.longest else { throw .tooLong }
        guard pathAndQuery.utf8.allSatisfy(Self.isAllowed), Self.hasWholeEscapes(pathAndQuery.utf8) else {
            throw .badCharacter
        }
        let parts = pathAndQuery.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.origin = origin
        path = parts.first.map { $0.hasPrefix("/") ? String($0) : "/" + $0 } ?? "/"
        query = parts.count == 2 ? Secret(String(parts[1])) : nil
    }

    /// Without the query.
    public var description: String { "\(origin)\(path)" }

    /// The whole of it, for the request.
    package var revealed: String { "\(origin)\(target)" }

    /// Path and query, as a request names them.
    var target: String { path + (query.map { "?" + $0.revealed } ?? "") }

    /// 8 KiB, about what servers take as a request line.
    static let longest = 8192

    /// The characters of RFC 3986 that may stand in a path or a query, percent-encoding included. A raw space, quote or
    /// bracket would have to be encoded on its way, which is the sender's business.
    private static func isAllowed(_ byte: UInt8) -> Bool { allowed.contains(byte) }
    private static let allowed = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?@!$&'()*+,;=%".utf8)

    /// Whether each percent sign is followed by two hexadecimal digits.
    private static func hasWholeEscapes(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = bytes[...]
        while let percent = rest.firstIndex(of: UInt8(ascii: "%")) {
            let digits = rest[percent...].dropFirst().prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
                return false
            }
            rest = rest[percent...].dropFirst(3)
        }
        return true
    }
}

extension WebAddress {
    /// Reads an absolute URL that may carry credentials, and parts the two.
    ///
    /// - Throws: ``HTTPError/address(_:of:)``
    package static func withCredentials(
        parsing text: String, as role: AddressRole
    ) throws(HTTPError) -> (WebAddress, BasicCredentials?) {
        do throws(AddressProblem) {
            if text.isEmpty { throw .empty }
            let parts = try AddressParts(parsing: text)
            guard parts.address.origin.host.reach != .nowhere else { throw .nowhere }
            return (parts.address, parts.credentials)
        } catch {
            throw .address(error, of: role)
        }
    }
}
