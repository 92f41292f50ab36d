public import HTTP
public import Vocabulary

/// A camera's tunnel as the credential store keeps it.
public struct StoredTunnel: Hashable, Sendable {
    public let endpoint: TunnelEndpoint
    /// Where the user can revoke it; `nil` where it was brought from elsewhere.
    public let server: Origin?
    /// When it was stored: the server lists its authorized apps with their times.
    public let storedAt: Timestamp
    /// The API key of the OctoPrint behind it; `nil` where none was got.
    public internal(set) var octoPrintKey: Secret?

    public init(endpoint: TunnelEndpoint, server: Origin?, storedAt: Timestamp, octoPrintKey: Secret? = nil) {
        (self.endpoint, self.server, self.storedAt) = (endpoint, server, storedAt)
        self.octoPrintKey = octoPrintKey
    }

    /// This tunnel with the key that was got through the one that it replaces, if that key may go there.
    ///
    /// A camera's new tunnel mostly leads to the same printer: the old one was revoked, or the password changed. On the same
    /// server it leads to a printer of the same owner at least. A key of an OctoPrint is not sent to any other server.
    public func inheriting(from earlier: StoredTunnel?) -> StoredTunnel {
        guard let earlier, octoPrintKey == nil,
            server != nil && server == earlier.server || endpoint.origin == earlier.endpoint.origin
        else { return self }
        var heir = self
        heir.octoPrintKey = earlier.octoPrintKey
        return heir
    }
}
