import NIOCore
import NIOHTTP1
import NIOPosix

/// A connection to the gallery that asks one thing after another, as a browser's do.
struct GalleryVisitor {
    private typealias Channel = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>
    private let outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
    private var inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator

    struct Answer {
        let status: Int
        let bytes: Int
    }

    enum Failure: Error { case hungUp }

    static func with<Value>(
        port: Int, _ body: (inout GalleryVisitor) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try Channel(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var visitor = GalleryVisitor(outbound: outbound, inbound: inbound.makeAsyncIterator())
            return try await body(&visitor)
        }
    }

    nonisolated(nonsending) mutating func ask(_ path: String) async throws -> Answer {
        try await send(path)
        var (status, bytes) = (0, 0)
        while let part = try await inbound.next(isolation: #isolation) {
            switch part {
            case .head(let head): status = Int(head.status.code)
            case .body(let body): bytes += body.readableBytes
            case .end: return Answer(status: status, bytes: bytes)
            }
        }
        throw Failure.hungUp
    }

    /// Asks for what has no end, and takes what comes for as long as the task is not cancelled. Returns its bytes.
    nonisolated(nonsending) mutating func listen(to path: String) async throws -> Int {
        try await send(path)
        var bytes = 0
        while let part = try await inbound.next(isolation: #isolation) {
            if case .body(let body) = part { bytes += body.readableBytes }
        }
        return bytes
    }

    private func send(_ path: String) async throws {
        let head = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: "/api/v1/" + path, headers: ["Host": "127.0.0.1"])
        try await outbound.write(.head(head))
        try await outbound.write(.end(nil))
    }
}
