internal import NIOSSL
internal import Synchronization

/// What secure connections are made with: one context for all, because each reads the system's authorities anew.
final class SecureContexts: Sendable {
    private let trust: TLSConfiguration
    private let made = Mutex<[Bool: NIOSSLContext]>([:])

    init(trust: TLSConfiguration) {
        self.trust = trust
    }

    /// TLS 1.2 or newer, as RFC 8996 demands, unless the owner of a camera says otherwise. Certificates are verified in any case.
    func configuration(allowsOldTLS: Bool) -> TLSConfiguration {
        var configuration = trust
        configuration.minimumTLSVersion = allowsOldTLS ? .tlsv1 : .tlsv12
        // Where the server does not name the protocol, it is this one.
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }

    func context(allowsOldTLS: Bool) throws -> NIOSSLContext {
        try made.withLock { made in
            if let context = made[allowsOldTLS] { return context }
            let context = try NIOSSLContext(configuration: configuration(allowsOldTLS: allowsOldTLS))
            made[allowsOldTLS] = context
            return context
        }
    }
}
