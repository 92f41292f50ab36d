internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Plays a script on one connection.
struct ScriptPlayer {
    enum Ending { case keepAlive, closed }

    let channel: any Channel
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    func play(_ script: ResponseScript) async throws -> Ending {
        for step in script.steps {
            switch step {
            case .send(let bytes):
                try await outbound.write(bytes)
            case .wait(let duration):
                try await Task.sleep(for: duration)
            case .drip(var bytes, let interval):
                while let byte = bytes.readSlice(length: 1) {
                    try await outbound.write(byte)
                    try await Task.sleep(for: interval)
                }
            case .endless(let bytes):
                while true { try await outbound.write(bytes) }
            case .silence:
                try await channel.closeFuture.get()
                return .closed
            case .close:
                return .closed
            case .reset:
                // Lingering for no time at all makes close() send RST instead of FIN: socket(7), SO_LINGER.
                if let socket = channel as? any SocketOptionProvider {
                    try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
                }
                try await channel.close()
                return .closed
            }
        }
        return .keepAlive
    }
}
