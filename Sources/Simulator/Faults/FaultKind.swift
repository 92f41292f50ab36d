internal import Vocabulary

/// What can go wrong.
package enum FaultKind: Hashable, Sendable {
    // Pictures that are overwritten while they are read.
    /// One after the other: `truncated`, `empty`, `short`, `stalled-head`, `stalled`.
    case torn
    /// A body cut off whose Content-Length matches what is left of it.
    case truncated
    /// 200 with 0 bytes.
    case empty
    /// A body that ends before its Content-Length is reached.
    case short
    /// A body that ends before its Content-Length is reached, and the connection is left open: the real server's way.
    case stalled
    /// The same without a byte of the body.
    case stalledHead
    /// A whole picture with bytes of another one after its end.
    case surplus

    // Connections.
    /// The connection is closed before a byte of an answer.
    case hangUp
    /// A TCP reset in mid-body.
    case reset
    /// A chunked body that ends inside a chunk.
    case cutChunk
    /// The request is read and never answered.
    case silent
    /// One byte each so long.
    case drip(Duration)
    /// A good answer, so much later.
    case slow(Duration)
    /// A body without an end.
    case endless
    /// A Content-Length of 9 exabytes, and the body of the real answer.
    case hugeLength

    // Encodings that were not asked for.
    case gzip
    case brotli
    /// Gzip that decodes to 256 MiB of zeros.
    case bomb

    // Answers that are something else.
    case html
    case json
    case status(Int)
    /// A redirect with this status and Location.
    case redirect(Int, to: String)

    // Values of the webcam API.
    /// `{"snapshot": null}`
    case null
    /// `{}`
    case absent
    /// `{"snapshot": 42}`
    case number
    /// A path without scheme and host.
    case relative
    /// An address 1 MiB long.
    case long
    /// `localhost:3334`, as self-hosted servers announce that were set up wrongly.
    case unreachable
    /// This address, as it is.
    case elsewhere(String)
    /// The picture before the newest one; where it strikes each time, no picture newer than the one when it was armed.
    case stale

    /// What a picture that is overwritten while it is read was seen to come to.
    static let tears: [FaultKind] = [.truncated, .empty, .short, .stalledHead, .stalled]

    /// Where it strikes unless it is told.
    var usualPlaces: Set<FaultPlace> {
        switch self {
        case .torn, .truncated, .empty, .short, .stalled, .stalledHead, .surplus, .hangUp, .reset, .cutChunk, .silent,
            .drip, .slow, .endless,
            .hugeLength, .gzip, .brotli, .bomb, .html, .json, .redirect, .status(403), .status(404), .status(500):
            [.picture, .live]
        case .null, .absent, .number, .relative, .long, .unreachable, .elsewhere, .stale: [.webcam]
        case .status(481), .status(482), .status(483), .status(502), .status(504): [.octoprint, .live]
        case .status(401), .status(484): [.usage, .webcam, .prediction, .octoprint, .live]
        case .status: [.usage, .webcam, .prediction, .picture, .octoprint, .live]
        }
    }

    /// Whether its value is an address, in which a colon means nothing to us.
    var takesAddress: Bool {
        switch self {
        case .elsewhere, .redirect: true
        default: false
        }
    }

    /// The real server checks 401, 481, 482 and 483 in this order; whatever else goes wrong comes after them.
    var precedence: Int {
        switch self {
        case .status(401): 0
        case .status(481): 1
        case .status(482): 2
        case .status(483): 3
        default: 4
        }
    }
}
