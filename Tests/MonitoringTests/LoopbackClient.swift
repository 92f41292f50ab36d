import NIOCore
import NIOPosix

/// A client of a port on 127.0.0.1 that sends bytes and reads until the other side ends the connection.
struct LoopbackClient {
    let port: Int

    /// - Returns: all that came.
    func exchange(_ bytes: String) async throws -> String {
        let connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
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
}
