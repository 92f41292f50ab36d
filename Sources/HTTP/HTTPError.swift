public import NIOCore
public import Vocabulary

/// Why a request brought no answer that is of use.
///
/// No description holds a credential, a query or a body.
public enum HTTPError: ExplainedError, Hashable {
    /// A text is no address that this program opens. Nothing was sent.
    case address(AddressProblem, of: AddressRole)
    /// The server announces this machine itself, which it is not. Nothing was sent there.
    case announcedOnLoopback(host: Host)
    /// The server, itself elsewhere, announces an address of a private network. Nothing was sent there.
    case announcedOnPrivateNetwork(host: Host)
    /// A redirect to another origin, which is not followed where credentials matter.
    case redirectedElsewhere(to: Origin)
    /// A redirect from https to http.
    case redirectedToPlainHTTP(host: Host)
    case tooManyRedirects(of: Host)
    /// An answer with a status that is no success.
    case status(HTTPStatus, from: Respondent, received: ByteCount)
    /// A camera did not let anybody in.
    case login(LoginProblem, received: ByteCount)
    case nameNotFound(Host)
    case connectionRefused(Origin)
    /// No connection, because the process or the machine has as many files and connections open as it may have.
    case noDescriptors(Origin)
    /// No connection for another reason, in the system's words.
    case unreachable(Origin, reason: String)
    case certificate(CertificateProblem, of: Origin)
    /// The file of additional certificate authorities cannot be read.
    case certificateFile(path: String)
    /// The deadline passed; bytes may have come.
    ///
    /// - Parameter isPicture: whether it is the deadline of a picture, which can be set.
    case noAnswer(within: Duration, received: ByteCount, isPicture: Bool = false)
    /// The connection ended before the answer did, or stayed open and brought no more.
    ///
    /// - Parameter body: what came, where it may be all there is: the body of a success, shorter than was promised.
    case cutShort(received: ByteCount, body: ByteBuffer? = nil)
    case tooLarge(limit: ByteCount, received: ByteCount)
    /// The body is compressed although that was ruled out in the request.
    case compressed(String, received: ByteCount)
    /// What answers does not speak HTTP.
    case notHTTP(Origin)
    /// The task was cancelled.
    ///
    /// - `received`: what had come by then.
    case cancelled(received: ByteCount = .zero)
    /// The connections were shut down.
    case shutDown

    /// How many bytes of body came before it failed.
    public var bytesReceived: ByteCount {
        switch self {
        case .status(_, _, let received), .login(_, let received), .noAnswer(_, let received, _),
            .cutShort(let received, _), .tooLarge(_, let received), .compressed(_, let received),
            .cancelled(let received):
            received
        case .address, .announcedOnLoopback, .announcedOnPrivateNetwork, .redirectedElsewhere,
            .redirectedToPlainHTTP, .tooManyRedirects, .nameNotFound, .connectionRefused, .noDescriptors,
            .unreachable, .certificate, .certificateFile, .notHTTP, .shutDown:
            .zero
        }
    }

    /// Whether the same request may well succeed at once: what came was torn, not refused.
    public var isTorn: Bool {
        if case .cutShort = self { true } else { false }
    }

    /// How long the server asked to be left alone: 1 s to 1 h.
    public var retryAfter: Duration? {
        if case .status(let status, _, _) = self { status.retryAfter } else { nil }
    }

    /// Whether there was no connection, or nothing came by it.
    package var isWithoutAnswer: Bool {
        switch self {
        case .nameNotFound, .connectionRefused, .unreachable, .certificate, .notHTTP: true
        case .noAnswer(_, let received, _): received == .zero
        default: false
        }
    }

    /// What a slot counts as whose picture was asked for.
    public var outcome: SlotOutcome {
        switch self {
        case .status(let status, _, _): status.outcome
        case .login: .unauthorized
        case .noAnswer: .timeout
        case .cutShort, .tooLarge, .compressed: .rejected
        case .address(_, let role): role == .announced ? .rejected : .unavailable
        case .cancelled, .shutDown: .missed
        case .announcedOnLoopback, .announcedOnPrivateNetwork, .redirectedElsewhere, .redirectedToPlainHTTP,
            .tooManyRedirects, .nameNotFound, .connectionRefused, .noDescriptors, .unreachable, .certificate,
            .certificateFile, .notHTTP:
            .unavailable
        }
    }

    /// What a job does.
    public var disposition: Disposition {
        switch self {
        case .status(.unauthorized, _, _), .status(.forbidden, _, _), .login: .askUser
        case .status(let status, _, _): .wait(atLeast: status.retryAfter)
        case .address(_, .announced), .cutShort, .tooLarge, .compressed, .noAnswer, .cancelled: .skipSlot
        case .address, .announcedOnLoopback, .announcedOnPrivateNetwork, .redirectedElsewhere,
            .redirectedToPlainHTTP:
            .askUser
        case .tooManyRedirects, .nameNotFound, .connectionRefused, .noDescriptors, .unreachable, .certificate,
            .notHTTP:
            .wait(atLeast: nil)
        case .certificateFile, .shutDown: .stop
        }
    }
}
