/// Why a text is not an address that this program would open.
public enum AddressProblem: String, Error, Hashable, Sendable {
    case empty
    case tooLong = "too_long"
    case notAbsolute = "not_absolute"
    case unsupportedScheme = "unsupported_scheme"
    case ambiguousUserinfo = "ambiguous_userinfo"
    case badUserinfo = "bad_userinfo"
    case userinfoNotAllowed = "userinfo_not_allowed"
    case credentialsMissing = "credentials_missing"
    case noHost = "no_host"
    case badHost = "bad_host"
    case numericHost = "numeric_host"
    case badPort = "bad_port"
    case badCharacter = "bad_character"
    case pathNotAllowed = "path_not_allowed"
    case nowhere

    /// The end of a sentence that begins with the thing: “the endpoint …”.
    var predicate: String {
        switch self {
        case .empty: "is empty"
        case .tooLong: "is longer than \(WebAddress.longest) bytes"
        case .notAbsolute: "does not begin with http:// or https://"
        case .unsupportedScheme: "has a scheme other than http and https"
        case .ambiguousUserinfo: "has more than one @ before its host"
        case .badUserinfo: "has a user or password that cannot be read"
        case .userinfoNotAllowed: "carries a user or password, which has no place there"
        case .credentialsMissing: "has no user and password"
        case .noHost: "has no host"
        case .badHost: "has a host that is neither a name nor an IP address"
        case .numericHost: "has a number for a host; an IPv4 address has four parts in decimal"
        case .badPort: "has a port that is not a number from 1 to 65535"
        case .badCharacter: "has a character that must be percent-encoded there"
        case .pathNotAllowed: "goes on after the host and port"
        case .nowhere: "leads to an address at which no server can be"
        }
    }
}
