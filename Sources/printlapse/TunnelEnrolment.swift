import HTTP
import Tunnel
import Vocabulary

/// Takes a tunnel into use: one call proves it, then it is stored.
struct TunnelEnrolment: Sendable {
    struct Result: Sendable {
        let proof: Proof<UsageReading>
        /// Another tunnel, in whose place it is.
        let earlier: StoredTunnel?
        /// Whether a key of OctoPrint was kept with the earlier one, and does not go with this one.
        let losesKey: Bool
    }

    let camera: CameraName
    /// Where it was authorized.
    let server: Origin?
    let store: CredentialStore
    private let caFile: String?
    private let limits: TunnelLimits

    init(camera: CameraName, server: Origin?, store: CredentialStore, network: NetworkOptions) {
        (self.camera, self.server, self.store) = (camera, server, store)
        (caFile, limits) = (network.caFile, network.limits)
    }

    /// - Throws: ``TunnelError`` where the tunnel is refused or none, ``CredentialError`` where it cannot be stored.
    func enrol(_ endpoint: TunnelEndpoint) async throws -> Result {
        let proof = try await HTTPConnections.with(trusting: caFile) { connections in
            try await TunnelClient(endpoint: endpoint, transport: connections, limits: limits).prove(at: .wallClock)
        }
        let tunnel = StoredTunnel(endpoint: endpoint, server: server, storedAt: .wallClock)
        let earlier = try store.save(tunnel, of: camera)
        return Result(
            proof: proof, earlier: earlier?.endpoint == endpoint ? nil : earlier,
            losesKey: earlier?.octoPrintKey != nil && tunnel.inheriting(from: earlier).octoPrintKey == nil)
    }
}
