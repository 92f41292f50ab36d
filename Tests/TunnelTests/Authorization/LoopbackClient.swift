import HTTP
import NIOCore
import NIOPosix
import Testing

@testable import Tunnel

/// A connection to a port of 127.0.0.1 that sends bytes and reads until the other side ends it.
enum LoopbackClient {
    struct Refused: Error {}

    /// - Returns: all that came, once the other side closed.
    /// - Throws: ``Refused`` where nobody listens.
    static func send(_ bytes: String, to port: Int) async throws -> String {
        let connection = try await connect(to: port)
        return try await connection.executeThenClose { inbound, outbound in
            if !bytes.isEmpty { try await outbound.write(ByteBuffer(string: bytes)) }
            var received = ByteBuffer()
            // A reset is an end like any other here.
            do {
                for try await piece in inbound { received.writeImmutableBuffer(piece) }
            } catch {}
            return String(buffer: received)
        }
    }

    static func get(_ target: String, from port: Int, method: String = "GET") async throws -> String {
        try await send("\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nUser-Agent: test\r\n\r\n", to: port)
    }

    private static func connect(to port: Int) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        do {
            return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            throw Refused()
        }
    }
}

/// The callback that stands in the address of an authorization page.
struct PresentedCallback: Sendable {
    let port: Int
    /// `/SECRET`
    let path: String

    init(in address: String) throws {
        let encoded = address.split(separator: "success_redirect_url=").last ?? ""
        let callback = try #require(PercentEncoding.decode(encoded))
        let parts = try #require(callback.wholeMatch(of: /http:\/\/127\.0\.0\.1:(\d+)(\/[0-9a-f]{32})/)).output
        (port, path) = (try #require(Int(parts.1)), String(parts.2))
    }
}
