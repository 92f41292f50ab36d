internal import Vocabulary

/// Why a camera did not let anybody in (401).
public enum LoginProblem: Hashable, Sendable {
    /// It wants a user and a password, and none are known.
    case wanted
    /// It does not take those that it was given.
    case refused
    /// It wants to be shown them in a way that is not known here, such as `ntlm`.
    case unsupported(String)
    /// It redirects to another origin, such as https on the same host, where they are not sent before its owner says so.
    case keptHome(from: WebAddress)

    var label: String {
        switch self {
        case .refused: "unauthorized"
        case .wanted: "login_wanted"
        case .unsupported: "login_unsupported"
        case .keptHome: "login_moved"
        }
    }

    var description: String {
        switch self {
        case .wanted: "The camera asks for a user and a password (401)."
        case .refused: "The camera refuses the user or the password (401)."
        case .unsupported(let scheme):
            "The camera asks for a login by “\(scheme.printable)” (401), which is not known here."
        case .keptHome(let address):
            "The camera redirects to \(address), and user and password were given for another address."
        }
    }

    var hint: String {
        switch self {
        case .wanted:
            "Put the camera's user and password into its address, percent-encoded: http://USER:PASSWORD@HOST/…"
        case .refused:
            "Check the user and the password in the camera's address, http://USER:PASSWORD@HOST/…, percent-encoded (@ is %40, : is %3A). Many cameras lock an account for some minutes after wrong ones."
        case .unsupported:
            "Switch the camera's web authentication to Digest or Basic in its settings."
        case .keptHome(let address):
            "If that is the camera's, write its address as \(address.origin.scheme.rawValue)://USER:PASSWORD@\(address.origin.authority)\(address.path), so that they go there."
        }
    }
}
