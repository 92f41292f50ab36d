import NIOCore
import NIOHTTP1

/// One connection to the farm's server.
final class FarmConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let server: FarmServer
    private let place: FarmPlace

    init(server: FarmServer, place: FarmPlace) {
        (self.server, self.place) = (server, place)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        switch place {
        case .tunnel(let camera, _) where head.uri == "/snapshot.jpg":
            sendPicture(of: camera, at: head.uri, context)
        case .tunnel(_, _) where head.uri.hasPrefix("/_tsd_/tunnelusage/"):
            send(ByteBuffer(string: server.usage()), type: "application/json", context)
        case .tunnel(let camera, let pictures):
            let answer = server.announcement(of: camera, pictures: pictures)
            send(ByteBuffer(string: answer), type: "application/json", context)
        case .pictures:
            // /media/tsd-pics/raw/CAMERA/PRINT/SECOND.jpg
            let parts = head.uri.split(separator: "/")
            sendPicture(of: parts.count > 3 ? Int(parts[3]) ?? 0 : 0, at: head.uri, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func sendPicture(of camera: Int, at path: String, _ context: ChannelHandlerContext) {
        switch FarmCamera(number: camera) {
        case .silent: return
        case .dripping: drip(context)
        default: send(server.picture(of: camera, at: path), type: "image/jpeg", context)
        }
    }

    private func send(_ body: ByteBuffer, type: String, _ context: ChannelHandlerContext) {
        var answer = head(type, length: body.readableBytes)
        answer.writeImmutableBuffer(body)
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    }

    private func drip(_ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(head("image/jpeg", length: 40_000)), promise: nil)
        let (connection, bound) = (NIOLoopBound(self, eventLoop: context.eventLoop), context.loopBound)
        context.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { task in
            guard bound.value.channel.isActive else { return task.cancel() }
            bound.value.writeAndFlush(connection.value.wrapOutboundOut(ByteBuffer(bytes: [0xFF])), promise: nil)
        }
    }

    private func head(_ type: String, length: Int) -> ByteBuffer {
        ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(length)\r\n\r\n")
    }
}
