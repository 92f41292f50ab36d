public import HTTP

/// The address of a camera's single JPEG, with the user and password that it may want.
///
/// The credentials go to the camera's own origin and nowhere else; the description leaves them and the query out,
/// because cameras take passwords there too.
public struct CameraURL: Hashable, Sendable, CustomStringConvertible {
    public let address: WebAddress
    /// Sent as Basic credentials without waiting to be asked, until the camera asks for Digest.
    public let credentials: BasicCredentials?
    /// Whether its owner puts up with a TLS older than 1.2, because the camera knows no other.
    public var allowsOldTLS = false

    /// Reads `http://USER:PASSWORD@HOST:PORT/webcam/?action=snapshot`; user and password are optional and percent-encoded.
    ///
    /// - Throws: ``HTTPError/address(_:of:)``
    public init(parsing text: String) throws(HTTPError) {
        (address, credentials) = try WebAddress.withCredentials(parsing: text.trimmingWhitespace, as: .camera)
    }

    public var description: String { address.description }
}

extension String {
    fileprivate var trimmingWhitespace: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
