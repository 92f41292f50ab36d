internal import NIOCore
internal import NIOPosix

/// A client of a port on 127.0.0.1 that sends bytes and reads until the other side ends the connection.
package struct LoopbackClient: Sendable {
    /// Nobody listens.
    package struct Refused: Error {}

    package let port: Int

    package init(port: Int) { self.port = port }

    /// - Returns: all that came, once the other side closed.
    /// - Throws: ``Refused`` where nobody listens.
    package func exchange(_ bytes: String) async throws -> String {
        let connection = try await connect()
        return try await connection.executeThenClose { inbound, outbound in
            var received = ByteBuffer()
            // A reset is an end like any other here.
            do {
                if !bytes.isEmpty { try await outbound.write(ByteBuffer(string: bytes)) }
                for try await piece in inbound { received.writeImmutableBuffer(piece) }
            } catch {}
            return String(buffer: received)
        }
    }

    package func get(_ target: String, method: String = "GET") async throws -> String {
        try await exchange("\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nUser-Agent: test\r\n\r\n")
    }

    private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
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
