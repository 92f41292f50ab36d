internal import Vocabulary

extension HTTPError {
    /// A short constant for logs and metrics.
    public var label: String {
        switch self {
        case .address(let problem, let role): "\(role.label)_\(problem.rawValue)"
        case .announcedOnLoopback: "snapshot_on_loopback"
        case .announcedOnPrivateNetwork: "snapshot_on_private_network"
        case .redirectedElsewhere: "redirected_elsewhere"
        case .redirectedToPlainHTTP: "redirected_to_plain_http"
        case .tooManyRedirects: "too_many_redirects"
        case .status(let status, _, _): status.label
        case .login(let problem, _): problem.label
        case .nameNotFound: "name_not_found"
        case .connectionRefused: "connection_refused"
        case .noDescriptors: "descriptors"
        case .unreachable: "unreachable"
        case .certificate(let problem, _): problem.label
        case .certificateFile: "certificate_file"
        case .noAnswer: "no_answer"
        case .cutShort: "cut_short"
        case .tooLarge: "too_large"
        case .compressed: "compressed"
        case .notHTTP: "not_http"
        case .cancelled: "cancelled"
        case .shutDown: "shut_down"
        }
    }

    public var description: String {
        switch self {
        case .address(let problem, let role): "\(role.subject) \(problem.predicate)."
        case .announcedOnLoopback(let host):
            "The server announces its pictures at “\(host)”, which from here is this machine and not the server."
        case .announcedOnPrivateNetwork(let host):
            "The server announces its pictures at \(host), an address of a private network in which it is not."
        case .redirectedElsewhere(let origin):
            "The server redirects to \(origin), where the credentials do not belong."
        case .redirectedToPlainHTTP(let host): "The server redirects from https to plain http at \(host)."
        case .tooManyRedirects(let host): "\(host) redirects more than \(Redirects.most) times."
        case .status(let status, let respondent, _): "\(respondent.subject) \(status.predicate)."
        case .login(let problem, _): problem.description
        case .nameNotFound(let host): "The name \(host) is not known."
        case .connectionRefused(let origin): "Nothing answers at \(origin): the connection was refused."
        case .noDescriptors(let origin): "No connection to \(origin): too many open files and connections."
        case .unreachable(let origin, let reason): "No connection to \(origin): \(reason)."
        case .certificate(let problem, let origin): "\(origin) \(problem.predicate)."
        case .certificateFile(let path): "No certificates could be read from \(path.printable)."
        case .noAnswer(let deadline, let received, _):
            "No whole answer within \(deadline.shortText)" + (received > .zero ? ", only \(received)." : ".")
        case .cutShort(let received, _): "The answer ended before all of it had come, after \(received)."
        case .tooLarge(let limit, _): "The answer is larger than \(limit)."
        case .compressed(let coding, _): "The answer came compressed (\(coding.printable)) although it must not."
        case .notHTTP(let origin): "What answers at \(origin) does not speak HTTP."
        case .cancelled: "The request was cancelled."
        case .shutDown: "The connections are shut down already."
        }
    }

    /// What the person does now.
    public var hint: String {
        switch self {
        case .address(_, let role): role.hint
        case .announcedOnLoopback:
            "The server is set up with its own machine as its public address: its administrator must set the site's domain to the address at which others reach it."
        case .announcedOnPrivateNetwork:
            "Use an endpoint with the server's address in that network, or have the site's domain on the server set to its public address."
        case .redirectedElsewhere(let origin):
            "If the server has moved, authorize again there: its endpoint would begin with \(origin.scheme.rawValue)://."
        case .redirectedToPlainHTTP:
            "Ask the server's administrator: an encrypted address must not lead to a plain one."
        case .tooManyRedirects: "Check the address; a login page or a proxy may stand in between."
        case .status(let status, let respondent, _): respondent.hint(status)
        case .login(let problem, _): problem.hint
        case .nameNotFound: "Check the spelling of the host and this machine's network and name server."
        case .connectionRefused: "Check the port, and that the server runs."
        case .noDescriptors: "Raise the limit of open files: ulimit -n, or LimitNOFILE= of a systemd unit."
        case .unreachable: "Check this machine's network and that the server is on."
        case .certificate(let problem, _): problem.hint
        case .certificateFile: "Give a file that this user can read with one or more certificates in PEM form."
        case .noAnswer(_, _, true):
            "Check that nothing in between is overloaded. A camera that needs longer gets it by “picture_deadline: 30s” in the configuration."
        case .noAnswer:
            "Check that the server and the network in between are not overloaded."
        case .cutShort: "Nothing to do: it is asked for again at once."
        case .tooLarge: "Check that the address leads to a single JPEG and not to a stream."
        case .compressed: "Switch compression of pictures and JSON off in the proxy before the server."
        case .notHTTP: "Check the port; https needs https:// in the address."
        case .cancelled: "Nothing to do."
        case .shutDown: "Start the program again."
        }
    }
}
