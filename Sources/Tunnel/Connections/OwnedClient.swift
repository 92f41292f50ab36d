internal import AsyncHTTPClient
internal import NIOCore
internal import NIOSSL

/// An HTTP client that is shut down when nobody holds it any more.
final class OwnedClient: Sendable {
    let client: HTTPClient
    /// How long making a connection may take.
    let patience: Duration

    static let longestPatience = Duration.seconds(10)

    /// - Parameter pin: a name for which its connections go to this address and to no other. Certificates are still
    ///   verified for the name.
    init(
        trust: TLSConfiguration = .makeClientConfiguration(), pin: (name: String, address: Host)? = nil,
        patience: Duration = longestPatience
    ) {
        self.patience = patience
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: trust, redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(patience)),
            // Longer than the usual intervals, so that a camera's next slot finds its connection open. No camera has more than
            // one request on its way, so there is no need for a limit; with one, those that are never answered would hold up
            // all others whose pictures are on the same host.
            connectionPool: .init(idleTimeout: .seconds(90), concurrentHTTP1ConnectionsPerHostSoftLimit: .max))
        configuration.httpVersion = .http1Only
        // Otherwise a refused connection shows only when the time for connecting is over.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let pin { configuration.dnsOverride = [pin.name: pin.address.connectable] }
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// The client insists on being shut down before it goes. Where ``shutdown()`` was called this changes nothing.
    deinit {
        client.shutdown { _ in }
    }

    /// Closes its connections. Requests on their way fail.
    ///
    /// It takes no longer than two seconds: the client would wait for a connection that is just being made, up to the
    /// whole time that connecting may take. Such a one ends by itself.
    func shutdown() async {
        let (ends, end) = AsyncStream<Void>.makeStream()
        // The only error there is says that this was done before.
        client.shutdown { _ in end.finish() }
        let patience = client.eventLoopGroup.next().scheduleTask(in: .seconds(2)) { end.finish() }
        for await _ in ends {}
        patience.cancel()
    }
}
