public import HTTP
public import Vocabulary

/// Why nothing came through a tunnel.
///
/// No description holds a credential, a query or a body.
public enum TunnelError: ExplainedError, Hashable {
    /// The server answered with a status that is no success.
    case status(TunnelStatus, from: TunnelRespondent, received: ByteCount)
    /// A success whose body is not what the call promises.
    case unreadable(UnreadableAnswer, received: ByteCount)
    /// What the server announced could not be reached: another server than the tunnel's.
    ///
    /// - Parameter at: where the pictures are, as announced.
    case announced(HTTPError, at: Origin)
    /// There was no answer, or none that is of use, as with any server.
    case http(HTTPError)

    /// What came of asking `respondent`: its statuses mean what they mean with a tunnel.
    init(_ error: HTTPError, from respondent: TunnelRespondent) {
        if case .status(let status, _, let received) = error {
            self = .status(TunnelStatus(status), from: respondent, received: received)
        } else {
            self = .http(error)
        }
    }

    /// How many bytes of body came before it failed, to be charged like any others.
    public var bytesReceived: ByteCount {
        switch self {
        case .status(_, _, let received), .unreadable(_, let received): received
        case .announced(let error, _), .http(let error): error.bytesReceived
        }
    }

    /// Whether the same request may well succeed at once: what came was torn, not refused.
    public var isTorn: Bool {
        switch self {
        case .status, .unreadable: false
        case .announced(let error, _), .http(let error): error.isTorn
        }
    }

    /// How long the server asked to be left alone: 1 s to 1 h.
    public var retryAfter: Duration? {
        switch self {
        case .status(let status, _, _): status.retryAfter
        case .unreadable: nil
        case .announced(let error, _), .http(let error): error.retryAfter
        }
    }

    /// What the slot counts as.
    public var outcome: SlotOutcome {
        switch self {
        case .status(let status, _, _): status.outcome
        case .unreadable: .rejected
        case .announced(let error, _), .http(let error): error.outcome
        }
    }

    /// What the job does.
    public var disposition: Disposition {
        switch self {
        case .status(let status, let respondent, _): respondent.disposition(status)
        case .unreadable: .skipSlot
        case .announced(let error, _), .http(let error): error.disposition
        }
    }
}

extension TunnelError {
    /// A short constant for logs and metrics.
    public var label: String {
        switch self {
        case .status(let status, .pictureServer, _): "picture_\(status.label)"
        case .status(let status, _, _): status.label
        case .unreadable(let answer, _): answer.label
        case .announced(let error, _): "picture_\(error.label)"
        case .http(let error): error.label
        }
    }

    public var description: String {
        switch self {
        case .status(let status, let respondent, _): "\(status.sentence(of: respondent))."
        case .unreadable(let answer, _): "\(answer)"
        case .announced(let error, let origin):
            "The pictures are at \(origin), as announced by the server, and cannot be had there: \(error.description)"
        case .http(let error): error.description
        }
    }

    /// What the person does now.
    public var hint: String {
        switch self {
        case .status(let status, let respondent, _): respondent.hint(status)
        case .unreadable(let answer, _): answer.hint
        case .announced(_, let origin):
            "\(origin) is not in your settings: the server announces it. On a server of your own, set its Site domain (in its admin pages, under Sites) to the address at which this machine reaches it; otherwise ask its administrator."
        case .http(let error): error.hint
        }
    }
}
