internal import HTTP
internal import NIOCore

/// What OctoPrint calls a request for a key by. Whoever knows it is given the key.
struct OctoPrintRequestToken: Sendable {
    let text: Secret

    /// Reads `{"app_token": "TOKEN"}`, or the last part of the `Location`.
    ///
    /// The rest of the location is of no use: OctoPrint names itself there as the tunnel's agent reaches it. Nor would it be followed
    /// anywhere else.
    ///
    /// - Throws: ``TunnelError/unreadable(_:received:)``
    init(of response: HTTPExchangeResponse) throws(TunnelError) {
        let fields = try? JSONFields(decoding: response, of: .applicationKey)
        let location = response.header("Location")?.split(separator: "/").last
        guard let token = fields?["app_token"].text ?? location.map(String.init),
            token.utf8.count <= 256, token.utf8.allSatisfy({ Self.characters.contains($0) })
        else { throw .unreadable(.field("app_token", .applicationKey), received: response.received) }
        text = Secret(token)
    }

    /// None that would make another path of the one that it is put into.
    private static let characters = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}

extension Secret {
    /// Reads `{"api_key": "KEY"}`.
    ///
    /// - Throws: ``TunnelError/unreadable(_:received:)``
    init(grantedIn response: HTTPExchangeResponse) throws(TunnelError) {
        let fields = try JSONFields(decoding: response, of: .applicationKey)
        guard let key = fields["api_key"].text.flatMap({ Secret(octoPrintKey: $0) }) else {
            throw fields.unusable("api_key")
        }
        self = key
    }
}

extension AppName {
    /// `{"app": "NAME"}`: without a user in it, every user of OctoPrint is asked.
    var wish: ByteBuffer {
        // A name has no control characters, so these two are all that JSON wants escaped.
        let escaped = text.map { "\"\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        return ByteBuffer(string: #"{"app": "\#(escaped)"}"#)
    }
}
