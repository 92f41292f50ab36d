internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Vocabulary

/// An open connection to a server.
final class Connection: Sendable {
    let route: Route
    private let channel: any Channel
    private let handler: NIOLoopBound<ExchangeHandler>

    /// How long making a connection may take.
    static let longestPatience = Duration.seconds(10)
    /// How long what was sent may stay without an acknowledgement of the other side's system. A connection that a router has
    /// forgotten, or whose other side was switched off, shows by nothing else.
    private static let mostUnacknowledged = Duration.seconds(5)

    private init(_ route: Route, _ channel: any Channel, _ handler: NIOLoopBound<ExchangeHandler>) {
        (self.route, self.channel, self.handler) = (route, channel, handler)
    }

    /// Connects, and secures the connection where the route's scheme says so.
    ///
    /// - Parameters:
    ///   - rate: how many bytes a second are sent at most; `nil` for as many as the network takes.
    ///   - opened: gets the connection, or why there is none. Where it is fulfilled before, a connection that comes after all is
    ///     closed.
    static func open(
        _ route: Route, with secure: SecureContexts, within patience: Duration, sending rate: ByteCount?,
        opened: EventLoopPromise<Connection>
    ) {
        let isSecure = route.origin.scheme == .https
        var bootstrap = ClientBootstrap(group: opened.futureResult.eventLoop)
            .connectTimeout(TimeAmount(patience))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if isSecure {
                        try pipeline.addHandler(
                            NIOSSLClientHandler(
                                context: secure.context(allowsOldTLS: route.allowsOldTLS),
                                serverHostname: route.origin.host.name))
                    }
                    try pipeline.addHandler(ExchangeHandler(isSecure: isSecure, on: channel.eventLoop))
                }
            }
        bootstrap = bootstrap.channelOption(
            .socket(SocketOptionLevel(IPPROTO_TCP), SocketOptionName(TCP_USER_TIMEOUT)),
            value: SocketOptionValue(mostUnacknowledged.milliseconds))
        if let rate {
            bootstrap = bootstrap.channelOption(
                .socket(SocketOptionLevel(SOL_SOCKET), SocketOptionName(SO_MAX_PACING_RATE)),
                value: SocketOptionValue(clamping: max(1, rate.bytes)))
        }
        bootstrap.connect(host: route.host.connectable, port: route.origin.port).whenComplete { result in
            do {
                let channel = try result.get()
                let handler = try channel.pipeline.syncOperations.handler(type: ExchangeHandler.self)
                let connection = Connection(route, channel, NIOLoopBound(handler, eventLoop: channel.eventLoop))
                handler.ready.whenComplete { opened.completeWith($0.map { connection }) }
                opened.futureResult.whenComplete { result in
                    if case .success(let taken) = result, taken === connection { return }
                    channel.close(promise: nil)
                }
            } catch {
                opened.fail(error)
            }
        }
    }

    /// Sends a request and takes in its answer. Where the task is cancelled the connection is closed.
    func exchange(
        _ request: ByteBuffer, into intake: AnswerIntake, silence: SilenceLimits, progress: ReceivedBytes
    ) async -> Exchange {
        let promise = channel.eventLoop.makePromise(of: Exchange.self)
        channel.eventLoop.execute { [handler] in
            handler.value.begin(request, into: intake, silence: silence, progress: progress, promise: promise)
        }
        return await withTaskCancellationHandler {
            // It is never failed: what went wrong is in the exchange.
            (try? await promise.futureResult.get())
                ?? Exchange(hasBegun: false, isSilent: false, wait: .zero, longestPause: .zero)
        } onCancel: {
            close()
        }
    }

    func close() {
        channel.close(promise: nil)
    }

    /// - Parameter body: called once when the connection is closed, by whomever.
    func whenClosed(_ body: @escaping @Sendable () -> Void) {
        channel.closeFuture.whenComplete { _ in body() }
    }

    /// Calls `body` after a while, unless that is cancelled.
    func schedule(after duration: Duration, _ body: @escaping @Sendable () -> Void) -> Scheduled<Void> {
        channel.eventLoop.scheduleTask(in: TimeAmount(duration), body)
    }
}
