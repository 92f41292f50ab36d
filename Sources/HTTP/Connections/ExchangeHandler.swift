internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import Vocabulary

/// One exchange at a time on one connection: writes a request, takes in the answer, and notices silence. Confined to its event
/// loop.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// When requests can be sent: connected, and the handshake done where there is one.
    let ready: EventLoopFuture<Void>
    private var opening: EventLoopPromise<Void>?
    private let isSecure: Bool
    private var context: ChannelHandlerContext?
    private var current: Current?
    private var count = 0
    /// The first error, which tells more than that the connection ended.
    private var failure: (any Error)?

    private struct Current {
        var intake: AnswerIntake
        let silence: SilenceLimits
        let progress: ReceivedBytes
        let promise: EventLoopPromise<Exchange>
        let startedAt: NIODeadline
        var lastByteAt: NIODeadline
        var headAt: NIODeadline?
        var longestPause = TimeAmount.zero
        var watch: Scheduled<Void>?
    }

    init(isSecure: Bool, on loop: any EventLoop) {
        self.isSecure = isSecure
        let opening = loop.makePromise(of: Void.self)
        (self.opening, ready) = (opening, opening.futureResult)
    }

    func begin(
        _ request: ByteBuffer, into intake: AnswerIntake, silence: SilenceLimits, progress: ReceivedBytes,
        promise: EventLoopPromise<Exchange>
    ) {
        let now = NIODeadline.now()
        current = Current(
            intake: intake, silence: silence, progress: progress, promise: promise, startedAt: now, lastByteAt: now)
        count += 1
        guard let context, context.channel.isActive else { return end(closed()) }
        watch(context)
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }

    // MARK: Events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive, !isSecure { opened() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        failOpening()
    }

    func channelActive(context: ChannelHandlerContext) {
        if !isSecure { opened() }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event { opened() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard var exchange = current else {
            // Nobody asked: the remains of an answer, or a server that has enough of waiting (408).
            return context.close(promise: nil)
        }
        // So that the bytes that came before have one owner and are not copied with each that come.
        current = nil
        let now = NIODeadline.now()
        let hadHead = exchange.intake.hasHead
        let outcome = exchange.intake.receive(unwrapInboundIn(data))
        if hadHead { exchange.longestPause = max(exchange.longestPause, now - exchange.lastByteAt) }
        exchange.lastByteAt = now
        let isHeadNew = !hadHead && exchange.intake.hasHead
        if isHeadNew { exchange.headAt = now }
        exchange.progress.report(exchange.intake.received)
        current = exchange
        if let outcome { return end(outcome) }
        if isHeadNew { watch(context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = failure ?? error
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        failOpening()
        if current != nil { end(closed()) }
        context.fireChannelInactive()
    }

    private func opened() {
        opening?.succeed(())
        opening = nil
    }

    private func failOpening() {
        opening?.fail(failure ?? ChannelError.eof)
        opening = nil
    }

    // MARK: Ends

    private func closed() -> AnswerIntake.Outcome {
        current?.intake.closed(by: failure) ?? .failed(.cancelled())
    }

    private func end(_ outcome: AnswerIntake.Outcome, isSilent: Bool = false) {
        guard let current else { return }
        self.current = nil
        current.watch?.cancel()
        var exchange = Exchange(
            hasBegun: current.intake.hasBegun, hasHead: current.intake.hasHead, isSilent: isSilent,
            wait: Duration((current.headAt ?? current.lastByteAt) - current.startedAt),
            longestPause: Duration(current.longestPause), failure: failure)
        switch outcome {
        case .whole(let response, let isReusable):
            exchange.result = .success(response)
            exchange.isReusable = isReusable && context?.channel.isActive == true
        case .failed(let error):
            exchange.result = .failure(error)
        }
        if !exchange.isReusable { context?.close(promise: nil) }
        current.promise.succeed(exchange)
    }

    // MARK: Silence

    /// Looks again when the silence would be too long, and then anew from the last byte.
    private func watch(_ context: ChannelHandlerContext) {
        guard let current else { return }
        current.watch?.cancel()
        guard let allowed = current.intake.hasHead ? current.silence.afterHead : current.silence.beforeHead else {
            self.current?.watch = nil
            return
        }
        let (handler, bound) = (NIOLoopBound(self, eventLoop: context.eventLoop), context.loopBound)
        self.current?.watch = context.eventLoop.scheduleTask(deadline: current.lastByteAt + TimeAmount(allowed)) {
            [count] in
            handler.value.look(at: count, bound.value)
        }
    }

    private func look(at number: Int, _ context: ChannelHandlerContext) {
        guard let current, number == count else { return }
        guard let allowed = current.intake.hasHead ? current.silence.afterHead : current.silence.beforeHead else {
            return
        }
        guard NIODeadline.now() >= current.lastByteAt + TimeAmount(allowed) else { return watch(context) }
        end(.failed(current.intake.torn), isSilent: true)
    }
}

/// How long nothing may come; `nil` for as long as the whole may take.
struct SilenceLimits: Sendable {
    /// Before the answer's head is there.
    var beforeHead: Duration?
    /// Between two bytes after that.
    var afterHead: Duration?
}

/// What became of one request on one connection.
struct Exchange: Sendable {
    var result: Result<HTTPExchangeResponse, HTTPError> = .failure(.cancelled())
    /// Whether any byte of an answer came.
    var hasBegun: Bool
    var hasHead = false
    /// Whether silence ended it.
    var isSilent: Bool
    var isReusable = false
    /// Until the head was there.
    var wait: Duration
    /// The longest silence after that.
    var longestPause: Duration
    /// What the network said, where that ended it.
    var failure: (any Error)?
}
