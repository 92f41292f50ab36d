internal import NIOCore

/// What a client of the callback listener may take up.
struct CallbackLimits: Sendable {
    /// A request's head is there after this long: browsers send theirs at once.
    var requestTime = TimeAmount.seconds(5)
    /// A connection ends after this long, whatever it was doing. Longer than the proof that the last page waits for.
    var connectionTime = TimeAmount.seconds(30)
    /// A browser that was sent to the last page has it after this long, or was closed: most ask at once, one that a small
    /// board has just started takes seconds.
    var lastPageTime = TimeAmount.seconds(10)
    /// Of all that a connection sends: the request line with an endpoint is a few hundred bytes, a browser's headers 2 KB.
    var requestBytes = 16 * 1024
    /// Open at the same time; further ones are closed at once.
    var connections = 32
}

/// Closes a connection that sends more than a browser would. Confined to its channel's event loop.
final class RequestSizeLimit: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private var left: Int

    init(bytes: Int) {
        left = bytes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        left -= unwrapInboundIn(data).readableBytes
        guard left >= 0 else { return context.close(promise: nil) }
        context.fireChannelRead(data)
    }
}
