public import Vocabulary

/// Why an authorization brought no tunnel, or no key of OctoPrint.
public enum AuthorizationError: ExplainedError, Hashable {
    case appName(String, reason: String)
    /// No port of 127.0.0.1 could be had, in the system's words.
    case cannotListen(reason: String)
    /// Nobody authorized within the time, in the browser or by pasting.
    case timedOut(after: Duration)
    /// OctoPrint, or what answers in its place, knows no Application Keys.
    case keysNotOffered
    /// Somebody denied the key, or OctoPrint dropped the request.
    case keyDenied

    /// A short constant for logs and metrics.
    public var label: String {
        switch self {
        case .appName: "app_name"
        case .cannotListen: "cannot_listen"
        case .timedOut: "authorization_timed_out"
        case .keysNotOffered: "keys_not_offered"
        case .keyDenied: "key_denied"
        }
    }

    public var description: String {
        switch self {
        case .appName(let name, let reason): "“\(name.printable)” cannot name an app: \(reason)."
        case .cannotListen(let reason): "There is no port on 127.0.0.1 for the browser's answer: \(reason)."
        case .timedOut(let limit): "No authorization came within \(limit.shortText); nothing was stored."
        case .keysNotOffered: "The OctoPrint behind the tunnel gives no keys to apps that ask."
        case .keyDenied: "OctoPrint gave no key: the request was denied there, or dropped."
        }
    }

    /// What the person does now.
    public var hint: String {
        switch self {
        case .appName: "Choose 1 to \(AppName.longest) characters."
        case .cannotListen:
            "Authorize on another machine, and give the endpoint that the server shows."
        case .timedOut:
            "Run it again. If the server's page showed a welcome instead of a button, the printer is not one of the account that is signed in; if it showed a last page, paste that page's address. On a server of your own: if the button does nothing, the server has no ports for tunnels: set OCTOPRINT_TUNNEL_PORT_RANGE there, which is 0-0 by default, and open those ports; if there was an error page, its Site domain is not the address that was given."
        case .keysNotOffered:
            "Make a key in OctoPrint's settings under Application Keys, and give it in a file. OctoPrint older than 1.3.10, its plugin switched off, and printers without OctoPrint have none."
        case .keyDenied: "Run it again, and press “Allow” in OctoPrint."
        }
    }
}
