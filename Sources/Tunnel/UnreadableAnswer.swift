/// A success whose body is not what the call promises.
public enum UnreadableAnswer: Hashable, Sendable, CustomStringConvertible {
    /// A web page came where JSON belongs: a login page, a captive portal, a proxy's apology.
    case html(TunnelCall)
    case notJSON(TunnelCall)
    /// A field is missing or of another kind.
    case field(String, TunnelCall)

    var label: String {
        switch self {
        case .html: "html_for_json"
        case .notJSON: "not_json"
        case .field: "unexpected_json"
        }
    }

    public var description: String {
        switch self {
        case .html(let call): "The \(call.rawValue) call was answered with a web page instead of JSON."
        case .notJSON(let call): "The \(call.rawValue) call was answered with something that is not JSON."
        case .field(let name, let call): "The \(call.rawValue) call's answer has no usable “\(name)”."
        }
    }

    var hint: String {
        switch self {
        case .html: "Open the server in a browser: a login page, a portal or a proxy may stand in between."
        case .notJSON, .field: "Check that the endpoint is a tunnel's and that the server is up to date."
        }
    }
}

/// The calls whose answers are read: of the tunnel's own API, and of OctoPrint behind it.
public enum TunnelCall: String, Hashable, Sendable {
    case usage
    case webcam
    case prediction
    case job
    case applicationKey = "application key"
}
