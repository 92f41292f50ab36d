internal import NIOCore
internal import Synchronization

/// What the connections of one callback listener share: the router, the endpoint that came, and how it ended.
final class CallbackState: Sendable {
    /// Delivers at most one endpoint.
    let endpoints: AsyncStream<TunnelEndpoint>

    private let app: AppName
    private let router: Mutex<CallbackRouter>
    private let delivery: AsyncStream<TunnelEndpoint>.Continuation
    private let outcome: EventLoopPromise<AuthorizationOutcome>
    private let shown: EventLoopPromise<Void>
    private let openConnections = Mutex(0)

    init(app: AppName, router: CallbackRouter, eventLoop: any EventLoop) {
        (endpoints, delivery) = AsyncStream.makeStream()
        self.app = app
        self.router = Mutex(router)
        (outcome, shown) = (eventLoop.makePromise(), eventLoop.makePromise())
    }

    /// The answer to a request; one for the last page waits until there is an outcome.
    func answer(method: String, target: String, hosts: [String]) async -> CallbackAnswer {
        switch router.withLock({ $0.judge(method: method, target: target, hosts: hosts) }) {
        case .take(let endpoint):
            delivery.yield(endpoint)
            delivery.finish()
            return .seeOther(CallbackRouter.outcomePath)
        case .showOutcome:
            // The promise is always kept, by `conclude`, and by success alone.
            let outcome = (try? await outcome.futureResult.get()) ?? .failed
            var generator = SystemRandomNumberGenerator()
            return OutcomePage(app: app, outcome: outcome).answer(nonce: OneTimeSecret(using: &generator).text)
        case .refuse(let refusal):
            return .refusal(refusal)
        }
    }

    /// Notes that an answer was sent whole.
    func noteSent(_ answer: CallbackAnswer) {
        if answer.contentType.hasPrefix("text/html") { shown.succeed() }
    }

    /// Takes no callback from now on.
    func close() { router.withLock { $0.close() } }

    /// Lets the last page say how it ended. Only the first call counts.
    func conclude(_ outcome: AuthorizationOutcome) {
        delivery.finish()
        self.outcome.succeed(outcome)
    }

    /// Returns when a browser has the last page, or after `patience`.
    func waitUntilShown(patience: TimeAmount) async {
        let timer = shown.futureResult.eventLoop.scheduleTask(in: patience) { [shown] in shown.succeed() }
        // It is kept by success alone.
        try? await shown.futureResult.get()
        timer.cancel()
    }

    /// Keeps the promises that nobody waits for any more, as their library wants it.
    func dismiss() {
        conclude(.failed)
        shown.succeed()
    }

    // MARK: Connections

    func enter(atMost limit: Int) -> Bool {
        openConnections.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func leave() { openConnections.withLock { $0 -= 1 } }
}
