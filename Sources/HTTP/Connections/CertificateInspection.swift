internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// Finds out why a server's certificate did not verify.
///
/// The TLS library says only that it did not. So the server is asked once more for its certificate; the handshake is
/// always broken off, and nothing is sent after it.
enum CertificateInspection {
    /// - Parameter host: where the connection was made to: the origin's, or an address of it.
    static func problem(of origin: Origin, at host: Host, trust: TLSConfiguration) async -> CertificateProblem {
        guard let certificate = await certificate(of: origin, at: host, trust: trust) else { return .untrusted }
        let now = Int(Date().timeIntervalSince1970)
        if certificate.notValidAfter < now { return .expired }
        if certificate.notValidBefore > now { return .notYetValid }
        return .untrusted
    }

    private static func certificate(
        of origin: Origin, at host: Host, trust: TLSConfiguration
    ) async -> NIOSSLCertificate? {
        let seen = Mutex<NIOSSLCertificate?>(nil)
        let handshake = { @Sendable (channel: any Channel) throws in
            let handler = try NIOSSLClientHandler(
                context: NIOSSLContext(configuration: trust), serverHostname: origin.host.name,
                customVerificationCallback: { certificates, verdict in
                    seen.withLock { $0 = certificates.first }
                    verdict.succeed(.failed)
                })
            try channel.pipeline.syncOperations.addHandler(handler)
        }
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(3))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try handshake(channel) }
            }
        guard let channel = try? await bootstrap.connect(host: host.connectable, port: origin.port).get() else {
            return nil
        }
        let patience = channel.eventLoop.scheduleTask(in: .seconds(3)) { channel.close(promise: nil) }
        // It closes by itself, because the verdict fails the handshake.
        try? await channel.closeFuture.get()
        patience.cancel()
        return seen.withLock { $0 }
    }
}
