internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Vocabulary

/// Connections that are kept open between requests, by where they go.
///
/// As many are kept as were in use at once: no camera has more than one request on its way, and one that is never answered
/// holds up nobody else's whose pictures are on the same host.
final class ConnectionPool: Sendable {
    private struct Idle {
        let connection: Connection
        let expiry: Scheduled<Void>
    }

    private struct State {
        var idle: [Route: [Idle]] = [:]
        var open: [ObjectIdentifier: Connection] = [:]
        var opening: [ObjectIdentifier: EventLoopPromise<Connection>] = [:]
        var manners: [Origin: OriginManners] = [:]
        var isShutDown = false
    }

    /// Longer than the usual intervals, so that a camera's next slot finds its connection open.
    static let longestIdle = Duration.seconds(90)
    /// So many servers' manners are remembered; then they are learned anew.
    private static let mostManners = 16_384

    private let secure: SecureContexts
    private let rate: ByteCount?
    private let state = Mutex(State())

    /// - Parameter rate: how many bytes a second each connection sends at most.
    init(secure: SecureContexts, sending rate: ByteCount?) {
        (self.secure, self.rate) = (secure, rate)
    }

    deinit {
        let (open, opening) = state.withLock { ($0.open.values, $0.opening.values) }
        for connection in open { connection.close() }
        for promise in opening { promise.fail(HTTPError.shutDown) }
    }

    var isShutDown: Bool { state.withLock(\.isShutDown) }

    /// A connection that was used before; the one that rested shortest.
    func take(_ route: Route) -> Connection? {
        let idle = state.withLock { state -> Idle? in
            let idle = state.idle[route]?.popLast()
            if state.idle[route]?.isEmpty == true { state.idle[route] = nil }
            return idle
        }
        idle?.expiry.cancel()
        return idle?.connection
    }

    /// Keeps a connection for the next request.
    func put(_ connection: Connection) {
        let expiry = connection.schedule(after: Self.longestIdle) { connection.close() }
        let isKept = state.withLock { state in
            guard !state.isShutDown, state.open[ObjectIdentifier(connection)] != nil,
                state.manners[connection.route.origin]?.keepsConnections != false
            else { return false }
            state.idle[connection.route, default: []].append(Idle(connection: connection, expiry: expiry))
            return true
        }
        guard !isKept else { return }
        expiry.cancel()
        connection.close()
    }

    /// A new connection.
    ///
    /// - Throws: ``HTTPError/shutDown``, `CancellationError`, or what the network says.
    func open(_ route: Route, within patience: Duration) async throws -> Connection {
        let promise = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Connection.self)
        let key = ObjectIdentifier(promise.futureResult)
        let isShutDown = state.withLock { state in
            if !state.isShutDown { state.opening[key] = promise }
            return state.isShutDown
        }
        if isShutDown {
            promise.fail(HTTPError.shutDown)
        } else {
            Connection.open(route, with: secure, within: patience, sending: rate, opened: promise)
        }
        let result: Result<Connection, any Error>
        do {
            result = .success(
                try await withTaskCancellationHandler {
                    try await promise.futureResult.get()
                } onCancel: {
                    promise.fail(CancellationError())
                })
        } catch {
            result = .failure(error)
        }
        _ = state.withLock { $0.opening.removeValue(forKey: key) }
        let connection = try result.get()
        try register(connection)
        return connection
    }

    private func register(_ connection: Connection) throws(HTTPError) {
        let isShutDown = state.withLock { state in
            if !state.isShutDown { state.open[ObjectIdentifier(connection)] = connection }
            return state.isShutDown
        }
        connection.whenClosed { [weak self] in self?.forget(connection) }
        guard isShutDown else { return }
        connection.close()
        throw .shutDown
    }

    private func forget(_ connection: Connection) {
        let expiry = state.withLock { state -> Scheduled<Void>? in
            state.open[ObjectIdentifier(connection)] = nil
            guard let index = state.idle[connection.route]?.firstIndex(where: { $0.connection === connection }) else {
                return nil
            }
            let expiry = state.idle[connection.route]?.remove(at: index).expiry
            if state.idle[connection.route]?.isEmpty == true { state.idle[connection.route] = nil }
            return expiry
        }
        expiry?.cancel()
    }

    /// Closes all connections, within about two seconds. Requests on their way fail.
    func shutdown() async {
        let (open, opening) = state.withLock { state in
            state.isShutDown = true
            return (Array(state.open.values), Array(state.opening.values))
        }
        for promise in opening { promise.fail(HTTPError.shutDown) }
        // A secure connection is closed when the other side has said its farewell as well; a silent one is not waited for.
        let (ends, end) = AsyncStream<Void>.makeStream()
        for connection in open {
            connection.whenClosed { end.yield() }
            connection.close()
        }
        let patience = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: .seconds(2)) { end.finish() }
        var left = open.count
        if left > 0 {
            for await _ in ends {
                left -= 1
                if left == 0 { break }
            }
        }
        patience.cancel()
    }

    // MARK: Manners

    func manners(of origin: Origin) -> OriginManners {
        state.withLock { $0.manners[origin] ?? OriginManners() }
    }

    func learn(from exchange: Exchange, of origin: Origin, isReused: Bool) {
        state.withLock { state in
            if state.manners.count >= Self.mostManners { state.manners = [:] }
            if exchange.isSilent, exchange.hasHead {
                state.manners[origin, default: OriginManners()].fellSilent()
            } else if exchange.isSilent {
                state.manners[origin, default: OriginManners()].forgotConnection()
            } else if case .success = exchange.result {
                state.manners[origin, default: OriginManners()].answered(
                    after: exchange.wait, longestPause: exchange.longestPause, isReused: isReused)
            }
        }
    }
}
