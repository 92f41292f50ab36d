internal import HTTP
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Listens on 127.0.0.1 for the browser that comes back from the authorization page.
///
/// The port is one that the system chooses, the path one that nobody can guess, and both last as long as the flow.
struct CallbackListener: Sendable {
    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, ByteBuffer>

    /// `http://127.0.0.1:PORT/SECRET`
    let address: Secret
    let port: Int
    let state: CallbackState
    private let limits: CallbackLimits
    private let listener: NIOAsyncChannel<Connection, Never>

    static func bind(
        for app: AppName, limits: CallbackLimits = CallbackLimits()
    ) async throws(AuthorizationError) -> CallbackListener {
        do {
            let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .bind(host: "127.0.0.1", port: 0) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(RequestSizeLimit(bytes: limits.requestBytes))
                        try pipeline.addHandler(
                            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
                        return try Connection(wrappingChannelSynchronously: channel)
                    }
                }
            return CallbackListener(listener, port: listener.channel.localAddress?.port ?? 0, app, limits)
        } catch {
            throw .cannotListen(reason: "\(error)")
        }
    }

    private init(
        _ listener: NIOAsyncChannel<Connection, Never>, port: Int, _ app: AppName, _ limits: CallbackLimits
    ) {
        var generator = SystemRandomNumberGenerator()
        let secret = OneTimeSecret(using: &generator)
        (self.listener, self.port, self.limits) = (listener, port, limits)
        address = Secret("http://127.0.0.1:\(port)/\(secret.text.revealed)")
        state = CallbackState(
            app: app, router: CallbackRouter(port: port, secret: secret), eventLoop: listener.channel.eventLoop)
    }

    /// Answers requests until the task is cancelled; then the port and every connection are closed.
    func run() async {
        await withDiscardingTaskGroup { connections in
            // The listener ends by being closed, and there is nobody to tell about a connection that broke.
            try? await listener.executeThenClose { accepted in
                for try await connection in accepted {
                    connections.addTask { await serve(connection) }
                }
            }
            connections.cancelAll()
        }
        state.dismiss()
    }

    /// Answers one request; each connection carries one.
    private func serve(_ connection: Connection) async {
        let channel = connection.channel
        guard state.enter(atMost: limits.connections) else { return await Self.close(connection) }
        defer { state.leave() }
        let timers = [limits.requestTime, limits.connectionTime].map { time in
            channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
        }
        defer { for timer in timers { timer.cancel() } }

        await withTaskCancellationHandler {
            // A client that goes away is none of our concern.
            try? await connection.executeThenClose { inbound, _ in
                for try await part in inbound {
                    guard case .head(let head) = part else { continue }
                    timers[0].cancel()
                    let answer = await state.answer(
                        method: head.method.rawValue, target: head.uri, hosts: head.headers["host"])
                    // Returns when the system has the bytes; the outbound writer's does before, and who ends the flow upon
                    // the last page's going out would close the connection on it.
                    try await channel.writeAndFlush(answer.bytes(hasBody: head.method != .HEAD))
                    state.noteSent(answer)
                    return
                }
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    private static func close(_ connection: Connection) async {
        try? await connection.executeThenClose { _, _ in }
    }
}
