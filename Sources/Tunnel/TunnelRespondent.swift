internal import HTTP
internal import Vocabulary

/// Who of those behind a tunnel's address answered, which decides what a status means to the person.
public enum TunnelRespondent: String, Hashable, Sendable {
    /// The tunnel's own API (`/_tsd_/…`).
    case tunnel
    /// OctoPrint, through the tunnel.
    case octoPrint = "octoprint"
    /// The server that hands out the snapshot URL's picture.
    case pictureServer = "picture_server"

    /// The beginning of a sentence.
    var subject: String {
        switch self {
        case .tunnel: "The tunnel's server"
        case .octoPrint: "OctoPrint behind the tunnel"
        case .pictureServer: "The server that holds the picture"
        }
    }

    /// As whoever fetches from it calls it.
    var respondent: Respondent { Respondent(subject) { hint(TunnelStatus($0)) } }

    /// What the job does about a status.
    func disposition(_ status: TunnelStatus) -> Disposition {
        switch (status, self) {
        // The address of a picture was refused: the next picture has another one.
        case (.plain(.unauthorized), .pictureServer), (.plain(.forbidden), .pictureServer): .wait(atLeast: nil)
        case (.plain(.unauthorized), _), (.plain(.forbidden), _), (.tunnelsUnavailable, _): .askUser
        case (.plain(.notFound), .pictureServer): .skipSlot
        case (.plain, _), (.overCap, _), (.printerOffline, _), (.printerTimeout, _):
            .wait(atLeast: status.retryAfter)
        }
    }

    /// What the person does about a status.
    func hint(_ status: TunnelStatus) -> String {
        switch status {
        case .overCap:
            "Announced pictures cost nothing and go on. The rest resumes by itself at the reset at the beginning of the month (UTC), or with an account without a cap."
        case .printerOffline:
            "Check that the printer's computer is on and its Obico plugin connected; or update the plugin: older than 1.8.4 for OctoPrint or 1.3.0 for Klipper cannot tunnel."
        case .printerTimeout:
            "The plugin is connected and silent: look at its log on the printer's computer, or start OctoPrint anew there."
        case .tunnelsUnavailable:
            "This server has no tunnels switched on: ask its administrator."
        case .plain(let status): hint(status)
        }
    }

    private func hint(_ status: HTTPStatus) -> String {
        switch (self, status) {
        case (.octoPrint, .forbidden):
            "OctoPrint refuses this call without a valid API key: get one from it, in its settings under Application Keys."
        case (.octoPrint, .tooManyRequests):
            "OctoPrint wants to be asked less often: wait ten minutes, then run it again."
        case (.octoPrint, .notFound):
            "OctoPrint has nothing at that path. The live camera is expected at /webcam/?action=snapshot."
        case (.pictureServer, .forbidden), (.pictureServer, .unauthorized):
            "The address of the picture was not accepted; a new one comes with the next picture. If it stays so, ask the server's administrator."
        case (_, .unauthorized), (_, .forbidden):
            "One of four: the authorization was revoked (Preferences → Authorized Apps on the server), the printer was deleted or archived, the account was deleted, or the account is suspended. An archived printer and a suspended account can be restored, and captures then go on by themselves; otherwise run “printlapse authorize”. Nothing captured is lost."
        case (.pictureServer, .notFound):
            "The picture was deleted, as happens when a print ends. A new one comes with the next print."
        case (_, .notFound):
            "Check that the endpoint is a tunnel's: the address that the server showed after the authorization."
        case (_, .tooManyRequests):
            "Use a longer interval, or fewer programs with this account."
        case (_, .gatewayTimeout), (.octoPrint, .badGateway), (.tunnel, .badGateway):
            "Check that OctoPrint runs and answers on the printer's computer."
        case (_, .internalError), (_, .serviceUnavailable), (.pictureServer, .badGateway):
            "Nothing to do here: captures resume when the server works again."
        case (_, .unexpected):
            "Check that the address is right and that no proxy or login page stands in between."
        }
    }
}
