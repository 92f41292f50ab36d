public import HTTP
public import Vocabulary

/// What one call said about credentials that are new here.
public enum Proof<Evidence: Sendable>: Sendable {
    /// They work, and this was the answer.
    case works(Evidence)
    /// Nobody could be asked, or could say, for a reason that is no fault of the credentials.
    ///
    /// They are shown to the user once: keep them, and say so.
    case unknown(TunnelError)

    fileprivate init(_ ask: () async throws(TunnelError) -> Evidence) async throws(TunnelError) {
        do throws(TunnelError) {
            self = .works(try await ask())
        } catch {
            switch (error.outcome, error.disposition) {
            case (_, .askUser), (_, .stop), (.rejected, _), (.noPicture, _), (.missed, _): throw error
            case (.unauthorized, _): throw error
            default: self = .unknown(error)
            }
        }
    }
}

extension TunnelClient {
    /// Asks the usage API whether the tunnel works, once more where nobody could say: that costs nothing.
    ///
    /// - Throws: where the credentials are refused, or where what answers is no tunnel.
    public func prove(at now: Timestamp) async throws(TunnelError) -> Proof<UsageReading> {
        let proof = try await Proof { () async throws(TunnelError) in try await usage(at: now) }
        guard case .unknown = proof else { return proof }
        return try await Proof { () async throws(TunnelError) in try await usage(at: now) }
    }

    /// Asks OctoPrint once about its job, to see whether an API key works.
    ///
    /// - Throws: where the key is refused, or where what answers is no OctoPrint.
    public func prove(octoPrintKey key: Secret) async throws(TunnelError) -> Proof<Proxied<OctoPrintJob>> {
        try await Proof { () async throws(TunnelError) in try await job(apiKey: key) }
    }
}
