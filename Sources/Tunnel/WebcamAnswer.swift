import HTTP

/// What the webcam API says.
public enum WebcamAnswer: Hashable, Sendable {
    case picture(SnapshotURL)
    /// The server has no picture of this printer now.
    case none

    /// Reads `{"snapshot": "URL"}`. `null`, an absent field and an empty text mean that there is no picture.
    ///
    /// - Throws: ``TunnelError/unreadable(_:received:)`` for anything but a text there, and for a body that is no JSON object;
    ///   what ``SnapshotURL/init(parsing:announcedBy:)`` throws.
    init(decoding response: HTTPExchangeResponse, from tunnel: Origin) throws(TunnelError) {
        let fields = try JSONFields(decoding: response, of: .webcam)
        switch fields["snapshot"] {
        case .absent, .text(""): self = .none
        case .text(let text): self = .picture(try SnapshotURL(parsing: text, announcedBy: tunnel))
        case .number, .object, .other: throw fields.unusable("snapshot")
        }
    }
}
