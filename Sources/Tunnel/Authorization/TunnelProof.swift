public import Vocabulary

/// What one call of the usage API said about a tunnel that is new here.
public enum TunnelProof: Hashable, Sendable {
    /// It works, and so much of the allowance is used.
    case works(UsageReading)
    /// The server could not be asked, or could not say, for a reason that is no fault of the credentials.
    ///
    /// They are shown to the user once: keep them, and say so.
    case unknown(TunnelError)
}

extension TunnelClient {
    /// Asks the usage API once whether the tunnel works.
    ///
    /// - Throws: where the credentials are refused, or where what answers is no tunnel.
    public func prove(at now: Timestamp) async throws(TunnelError) -> TunnelProof {
        do throws(TunnelError) {
            return .works(try await usage(at: now))
        } catch {
            switch (error.outcome, error.disposition) {
            case (_, .askUser), (_, .stop), (.rejected, _), (.noPicture, _), (.missed, _): throw error
            case (.unauthorized, _): throw error
            default: return .unknown(error)
            }
        }
    }
}
