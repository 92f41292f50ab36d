/// What an address is for.
public enum AddressRole: String, Hashable, Sendable {
    case endpoint
    case server
    case camera
    case snapshot
    case redirect
    case request
    case webhook

    /// The beginning of a sentence.
    var subject: String {
        switch self {
        case .endpoint: "The tunnel's endpoint"
        case .server: "The server's address"
        case .camera: "The camera's address"
        case .snapshot: "The snapshot URL that the server announces"
        case .redirect: "The address that the server redirects to"
        case .request: "The path of the request"
        case .webhook: "The webhook's address"
        }
    }

    var hint: String {
        switch self {
        case .endpoint:
            "Paste what the server showed after the authorization: https://USER:PASSWORD@HOST, or the whole address with “tunnel_endpoint=” in it."
        case .server:
            "Give the address at which you sign in, such as https://app.obico.io or http://192.168.1.5:3334."
        case .camera:
            "Give the address of a single JPEG, such as http://HOST/webcam/?action=snapshot, with special characters percent-encoded (@ in a password is %40)."
        case .snapshot, .redirect:
            "Ask the server's administrator: a public address of the server is expected there."
        case .webhook: "Give the whole address that the receiving service shows, beginning with https:// or http://."
        case .request: "Write a path such as /api/version, percent-encoded."
        }
    }
}
