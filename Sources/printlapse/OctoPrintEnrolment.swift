import HTTP
import Synchronization
import Tunnel
import Vocabulary

/// Takes an API key of the OctoPrint behind a camera's tunnel into use: one call proves it, then it is stored.
struct OctoPrintEnrolment: Sendable {
    struct Result: Sendable {
        let proof: Proof<Proxied<OctoPrintJob>>
        /// What all of it cost of the allowance.
        let spent: ByteCount
    }

    let camera: CameraName
    let endpoint: TunnelEndpoint
    let store: CredentialStore
    private let caFile: String?
    private let limits: TunnelLimits

    init(camera: CameraName, endpoint: TunnelEndpoint, store: CredentialStore, network: NetworkOptions) {
        (self.camera, self.endpoint, self.store) = (camera, endpoint, store)
        (caFile, limits) = (network.caFile, network.limits)
    }

    /// Asks OctoPrint for a key.
    ///
    /// - Parameter present: tells the user to decide.
    /// - Throws: ``AuthorizationError``; and what ``enrol(_:)`` throws.
    func enrol(
        asking app: AppName, timeLimit: Duration, present: @escaping @Sendable () async -> Void
    ) async throws -> Result {
        try await withClient { client in
            let spent = Spending()
            let key = try await OctoPrintKeyRequest(client: client, app: app, timeLimit: timeLimit)
                .run(present: present, charge: spent.add)
            return try await prove(key, by: client, after: spent.total)
        }
    }

    /// - Throws: ``TunnelError`` where OctoPrint refuses the key or is none, ``CredentialError`` where it cannot be stored.
    func enrol(_ key: Secret) async throws -> Result {
        try await withClient { try await prove(key, by: $0, after: .zero) }
    }

    private func prove(_ key: Secret, by client: TunnelClient, after spent: ByteCount) async throws -> Result {
        let proof = try await client.prove(octoPrintKey: key)
        guard try store.save(octoPrintKey: key, of: camera) else {
            throw CommandError(
                "the tunnel of “\(camera)” was forgotten meanwhile", hint: "Authorize it again, then its OctoPrint.",
                label: "no_tunnel", status: .wrong)
        }
        switch proof {
        case .works(let job): return Result(proof: proof, spent: spent + job.received)
        case .unknown(let error): return Result(proof: proof, spent: spent + error.bytesReceived)
        }
    }

    private func withClient<Value: Sendable>(_ body: (TunnelClient) async throws -> Value) async throws -> Value {
        try await HTTPConnections.with(trusting: caFile) { connections in
            try await body(TunnelClient(endpoint: endpoint, transport: connections, limits: limits))
        }
    }

    private final class Spending: Sendable {
        private let sum = Mutex(ByteCount.zero)

        var total: ByteCount { sum.withLock(\.self) }

        @Sendable func add(_ bytes: ByteCount) { sum.withLock { $0 += bytes } }
    }
}
