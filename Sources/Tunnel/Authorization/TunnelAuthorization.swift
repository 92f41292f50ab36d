internal import HTTP
internal import NIOCore

/// The way of a user through a server's authorization page to a tunnel of an app's own.
///
/// While ``run(present:pasted:accept:)`` runs, a listener on 127.0.0.1 waits for the browser; an endpoint that is
/// pasted meanwhile is as good. What comes first is handed on once, and the listener is gone when `run` returns.
public struct TunnelAuthorization: Sendable {
    /// How long a user has.
    public static let standardTimeLimit = Duration.seconds(300)

    private let page: AuthorizationPage
    private let timeLimit: Duration
    private let clock: any Clock<Duration>
    private let limits: CallbackLimits

    /// - Parameters:
    ///   - page: the one that the user is led to.
    ///   - timeLimit: how long the user has.
    ///   - clock: measures the time limit.
    public init(
        page: AuthorizationPage, timeLimit: Duration = standardTimeLimit,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.init(page: page, timeLimit: timeLimit, clock: clock, limits: CallbackLimits())
    }

    init(page: AuthorizationPage, timeLimit: Duration, clock: any Clock<Duration>, limits: CallbackLimits) {
        (self.page, self.timeLimit, self.clock, self.limits) = (page, timeLimit, clock, limits)
    }

    /// Runs the flow to its end.
    ///
    /// - Parameters:
    ///   - present: shows the page's address to the user, or opens it; the address holds the one-time secret.
    ///   - pasted: brings an endpoint that the user had otherwise; `nil` where none will come. It is called when `present` has
    ///     returned, and cancelled when the browser was faster.
    ///   - accept: proves and stores the endpoint. The browser is told that it worked when this returns, and that it did not
    ///     when it throws.
    /// - Returns: what `accept` returned.
    /// - Throws: ``AuthorizationError``, `CancellationError`, and what `accept` throws.
    public func run<Value: Sendable>(
        present: @escaping @Sendable (_ address: String) async -> Void,
        pasted: @escaping @Sendable () async -> TunnelEndpoint? = { nil },
        accept: (TunnelEndpoint) async throws -> Value
    ) async throws -> Value {
        let listener = try await CallbackListener.bind(for: page.app, limits: limits)
        let address = page.address(returningTo: listener.address.revealed)
        return try await withThrowingTaskGroup(of: Void.self) { listening in
            listening.addTask { await listener.run() }
            defer { listening.cancelAll() }

            let (endpoint, isFromBrowser) = try await firstEndpoint(
                listener.state.endpoints, present: { await present(address) }, pasted: pasted)
            listener.state.close()
            let result: Result<Value, any Error>
            do {
                result = .success(try await accept(endpoint))
                listener.state.conclude(.authorized)
            } catch {
                result = .failure(error)
                listener.state.conclude(.failed)
            }
            if isFromBrowser { await listener.state.waitUntilShown(patience: limits.lastPageTime) }
            return try result.get()
        }
    }

    private enum Arrival: Sendable {
        case browser(TunnelEndpoint)
        case pasted(TunnelEndpoint)
        case nothing
    }

    private func firstEndpoint(
        _ callbacks: AsyncStream<TunnelEndpoint>, present: @escaping @Sendable () async -> Void,
        pasted: @escaping @Sendable () async -> TunnelEndpoint?
    ) async throws -> (TunnelEndpoint, isFromBrowser: Bool) {
        try await withThrowingTaskGroup(of: Arrival.self) { [clock, timeLimit] ways in
            defer { ways.cancelAll() }
            ways.addTask {
                for await endpoint in callbacks { return .browser(endpoint) }
                return .nothing
            }
            ways.addTask {
                await present()
                return await pasted().map { .pasted($0) } ?? .nothing
            }
            ways.addTask {
                try await clock.sleep(for: timeLimit)
                throw AuthorizationError.timedOut(after: timeLimit)
            }
            for try await arrival in ways {
                switch arrival {
                case .browser(let endpoint): return (endpoint, true)
                case .pasted(let endpoint): return (endpoint, false)
                case .nothing: continue
                }
            }
            throw CancellationError()
        }
    }
}
