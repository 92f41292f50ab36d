public import Vocabulary

/// A camera's tunnel as the credential store keeps it.
public struct StoredTunnel: Hashable, Sendable {
    public let endpoint: TunnelEndpoint
    /// Where the user can revoke it; `nil` where it was brought from elsewhere.
    public let server: Origin?
    /// When it was stored: the server lists its authorized apps with their times.
    public let storedAt: Timestamp

    public init(endpoint: TunnelEndpoint, server: Origin?, storedAt: Timestamp) {
        (self.endpoint, self.server, self.storedAt) = (endpoint, server, storedAt)
    }
}
