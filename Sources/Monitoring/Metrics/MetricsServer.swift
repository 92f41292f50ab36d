internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
import Synchronization
import Vocabulary

/// Serves the page of metrics over HTTP, one request a connection.
///
/// Clients can hold it up in no way that matters: connections are few and short, and the page is made without
/// waiting for anything.
struct MetricsServer: Sendable {
    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, ByteBuffer>

    struct Limits: Sendable {
        /// A connection ends after this long, whatever it was doing.
        var connectionTime = Duration.seconds(10)
        /// Open at the same time; further ones are closed at once.
        var connections = 16
    }

    let port: Int
    private let router: MetricsRouter
    private let limits: Limits
    private let listener: NIOAsyncChannel<Connection, Never>
    private let page: @Sendable () -> String
    private let open = OpenConnections()

    /// - Throws: ``MetricsServerError`` where the port is taken or the address not this machine's.
    static func bind(
        to address: MetricsAddress, limits: Limits = Limits(), page: @escaping @Sendable () -> String
    ) async throws(MetricsServerError) -> MetricsServer {
        do {
            let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: address.host, port: address.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
                        return try Connection(wrappingChannelSynchronously: channel)
                    }
                }
            return MetricsServer(listener, MetricsRouter(isLoopback: address.isLoopback), limits, page)
        } catch {
            throw MetricsServerError(address: address, reason: (error as? IOError)?.description ?? "\(error)")
        }
    }

    private init(
        _ listener: NIOAsyncChannel<Connection, Never>, _ router: MetricsRouter, _ limits: Limits,
        _ page: @escaping @Sendable () -> String
    ) {
        (self.listener, self.router, self.limits, self.page) = (listener, router, limits, page)
        port = listener.channel.localAddress?.port ?? 0
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
    }

    private func serve(_ connection: Connection) async {
        let channel = connection.channel
        let isWelcome = open.enter(atMost: limits.connections)
        defer { if isWelcome { open.leave() } }
        let timer = channel.eventLoop.scheduleTask(in: TimeAmount(limits.connectionTime)) {
            channel.close(promise: nil)
        }
        defer { timer.cancel() }

        await withTaskCancellationHandler {
            // A client that goes away is none of our concern.
            try? await connection.executeThenClose { inbound, _ in
                guard isWelcome else { return }
                for try await part in inbound {
                    guard case .head(let head) = part else { continue }
                    return try await channel.writeAndFlush(answer(to: head))
                }
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    private func answer(to head: HTTPRequestHead) -> ByteBuffer {
        let decision = router.judge(
            method: head.method.rawValue, target: head.uri, hosts: head.headers["host"])
        var (status, contentType, body) = ("200 OK", Exposition.contentType, "")
        switch decision {
        case .page: body = page()
        case .refuse(let refusal):
            (status, contentType) = (refusal.rawValue, "text/plain; charset=utf-8")
            body = "The metrics are at /metrics, for GET.\n"
        }
        var lines = [
            "HTTP/1.1 \(status)", "Content-Type: \(contentType)", "Content-Length: \(body.utf8.count)",
            "Connection: close", "Cache-Control: no-store", "X-Content-Type-Options: nosniff",
        ]
        if decision == .refuse(.method) { lines.append("Allow: GET, HEAD") }
        return ByteBuffer(string: lines.joined(separator: "\r\n") + "\r\n\r\n" + (head.method == .HEAD ? "" : body))
    }
}

/// How many connections are open.
private final class OpenConnections: Sendable {
    private let count = Mutex(0)

    func enter(atMost limit: Int) -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func leave() { count.withLock { $0 -= 1 } }
}
