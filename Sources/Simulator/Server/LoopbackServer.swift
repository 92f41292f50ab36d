internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// An HTTP/1.1 server on 127.0.0.1 whose answers are scripts of bytes, pauses and endings.
///
/// It speaks through swift-nio's request decoder and writes its answers as plain bytes. An HTTP server library keeps its
/// user from what this one is for: a body shorter than its Content-Length, a cut chunk, a reset, no `Date`, a status 481.
struct LoopbackServer: Sendable {
    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, ByteBuffer>
    typealias Responder = @Sendable (ServerRequest) async -> ResponseScript

    let port: Int
    private let listener: NIOAsyncChannel<Connection, Never>

    static func bind(port: Int) async throws(SimulatorError) -> LoopbackServer {
        do {
            let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                .bind(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
                        return try Connection(wrappingChannelSynchronously: channel)
                    }
                }
            return LoopbackServer(port: listener.channel.localAddress?.port ?? port, listener: listener)
        } catch {
            throw .cannotListen(port: port, reason: "\(error)")
        }
    }

    /// Gives the port back without ever having answered.
    func close() async {
        try? await listener.executeThenClose { _ in }
    }

    /// Answers requests until the task is cancelled.
    func run(_ respond: @escaping Responder) async {
        await withDiscardingTaskGroup { connections in
            // The listener ends by being closed, and there is nobody to tell about a connection that broke.
            try? await listener.executeThenClose { accepted in
                for try await connection in accepted {
                    connections.addTask { await Self.serve(connection, respond) }
                }
            }
            connections.cancelAll()
        }
    }

    private static func serve(_ connection: Connection, _ respond: Responder) async {
        await withTaskCancellationHandler {
            // A client that goes away in mid-answer is what many of these scripts provoke.
            try? await connection.executeThenClose { inbound, outbound in
                var reader = RequestReader()
                let player = ScriptPlayer(channel: connection.channel, outbound: outbound)
                for try await part in inbound {
                    guard let request = try reader.take(part) else { continue }
                    guard try await player.play(await respond(request)) == .keepAlive, !request.closes else { return }
                }
            }
        } onCancel: {
            connection.channel.close(promise: nil)
        }
    }
}

/// Puts the parts of a request together.
struct RequestReader {
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    /// The whole request when its last part has come.
    mutating func take(_ part: HTTPServerRequestPart) throws(RequestTooLarge) -> ServerRequest? {
        switch part {
        case .head(let head):
            self.head = head
            body.clear()
            return nil
        case .body(var bytes):
            guard body.readableBytes + bytes.readableBytes <= 65_536 else { throw RequestTooLarge() }
            body.writeBuffer(&bytes)
            return nil
        case .end:
            return head.map { head in
                ServerRequest(
                    method: head.method.rawValue, target: head.uri,
                    headers: head.headers.map { HTTPField(name: $0.name, value: $0.value) }, body: body)
            }
        }
    }
}

/// More than 64 KiB came as a request's body: nothing here takes so much, and the connection is dropped.
struct RequestTooLarge: Error {}
