package import HTTP

/// The address of a camera's single JPEG, with the user and password that it may want.
///
/// The credentials go to the camera's own origin and nowhere else; the description leaves them and the query out,
/// because cameras take passwords there too.
package struct CameraURL: Hashable, Sendable, CustomStringConvertible {
    package let address: WebAddress
    /// Sent as Basic credentials without waiting to be asked, until the camera asks for Digest.
    package let credentials: BasicCredentials?
    /// Whether its owner puts up with a TLS older than 1.2, because the camera knows no other.
    package var allowsOldTLS = false

    /// Reads `http://USER:PASSWORD@HOST:PORT/webcam/?action=snapshot`; user and password are optional and percent-encoded.
    ///
    /// - Throws: ``HTTPError/address(_:of:)``
    package init(parsing text: String) throws(HTTPError) {
        (address, credentials) = try WebAddress.withCredentials(parsing: text.trimmingWhitespace, as: .camera)
    }

    package var description: String { address.description }
}

extension String {
    fileprivate var trimmingWhitespace: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
