import Foundation
import NIOCore
import NIOPosix

/// One connection of a ``ScriptedServer``: reads heads, plays answers. Confined to its channel's event loop.
final class ScriptedConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let record: Record
    private var unread = ""
    private var steps: [ScriptedAnswer.Step] = []

    init(record: Record) {
        self.record = record
    }

    func channelActive(context: ChannelHandlerContext) {
        record.opened(context.channel)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        record.closed(context.channel)
        steps = []
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unread += String(buffer: unwrapInboundIn(data))
        while let end = unread.range(of: "\r\n\r\n") {
            let (head, rest) = (String(unread[..<end.upperBound]), unread[end.upperBound...].utf8)
            let length = ScriptedRequest(head: head, body: "").header("Content-Length").flatMap(Int.init) ?? 0
            guard rest.count >= length else { return }
            let body = String(decoding: rest.prefix(length), as: UTF8.self)
            unread = String(decoding: rest.dropFirst(length), as: UTF8.self)
            steps += record.answer(to: ScriptedRequest(head: head, body: body)).steps
            play(context: context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func play(context: ChannelHandlerContext) {
        guard !steps.isEmpty, context.channel.isActive else { return }
        switch steps.removeFirst() {
        case .send(let bytes):
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
            play(context: context)
        case .drip(var bytes, let pause):
            guard let byte = bytes.readSlice(length: 1) else { return play(context: context) }
            steps.insert(.drip(bytes, every: pause), at: 0)
            let (connection, bound) = (NIOLoopBound(self, eventLoop: context.eventLoop), context.loopBound)
            context.eventLoop.scheduleTask(in: TimeAmount(pause)) {
                bound.value.writeAndFlush(connection.value.wrapOutboundOut(byte), promise: nil)
                connection.value.play(context: bound.value)
            }
        case .endlessly(let bytes):
            steps.insert(.endlessly(bytes), at: 0)
            let (connection, bound) = (NIOLoopBound(self, eventLoop: context.eventLoop), context.loopBound)
            context.writeAndFlush(wrapOutboundOut(bytes)).whenSuccess {
                connection.value.play(context: bound.value)
            }
        case .silence: return
        case .close: context.close(promise: nil)
        case .reset:
            // Lingering for no time at all makes the system send a reset instead of an orderly end.
            let bound = context.loopBound
            (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                .whenComplete { _ in bound.value.close(promise: nil) }
        }
    }
}
