internal import NIOCore
internal import NIOSSL
public import Vocabulary

/// Real connections over TCP and TLS, kept open between requests.
///
/// HTTP/1.1 only, because servers were seen to behave differently over HTTP/2; no proxy, no cookies and no redirects: what comes
/// back is what one request was answered with. Only where a connection that was used before turns out to be dead is the
/// request sent again, over a new one, unless a message is posted. Certificates are always verified.
public final class HTTPConnections: HTTPTransport, Sendable {
    private let pool: ConnectionPool
    private let announced: AnnouncedHosts
    private let secure: SecureContexts

    /// Trusts the certificate authorities that the system trusts.
    public convenience init() {
        self.init(trust: .makeClientConfiguration(), names: NameRules(), sending: nil)
    }

    /// The authorities of the whole web are 200 kB.
    private static let longestCertificateFile = 16 << 20

    /// Trusts the authorities in a file as well as those that the system trusts.
    ///
    /// - Parameter caFile: certificates in PEM form; `nil` for none.
    /// - Throws: ``HTTPError/certificateFile(path:)``
    public convenience init(trusting caFile: String?) throws(HTTPError) {
        try self.init(trusting: caFile, names: NameRules())
    }

    /// - Parameter rate: how many bytes a second each connection sends at most, evenly; `nil` for as many as the network takes.
    package convenience init(trusting caFile: String?, sending rate: ByteCount?) throws(HTTPError) {
        try self.init(trusting: caFile, names: NameRules(), sending: rate)
    }

    /// - Parameter names: how the hosts that servers announce are looked up.
    convenience init(
        trusting caFile: String? = nil, names: NameRules, sending rate: ByteCount? = nil
    ) throws(HTTPError) {
        var trust = TLSConfiguration.makeClientConfiguration()
        if let caFile {
            do {
                let file = try PlainFile(at: caFile, atMost: Self.longestCertificateFile)
                guard let file else { throw HTTPError.certificateFile(path: caFile) }
                trust.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMBytes(file.bytes))]
            } catch {
                throw .certificateFile(path: caFile)
            }
        }
        self.init(trust: trust, names: names, sending: rate)
    }

    private init(trust: TLSConfiguration, names: NameRules, sending rate: ByteCount?) {
        secure = SecureContexts(trust: trust)
        pool = ConnectionPool(secure: secure, sending: rate)
        announced = AnnouncedHosts(names: names)
    }

    /// Runs `body` with connections that are shut down afterwards, however it ends.
    ///
    /// - Parameter caFile: certificates in PEM form that are trusted as well.
    /// - Throws: ``HTTPError/certificateFile(path:)``, or what `body` throws.
    public static func with<Value>(
        trusting caFile: String?, _ body: (HTTPConnections) async throws -> Value
    ) async throws -> Value {
        let connections = try HTTPConnections(trusting: caFile)
        do {
            let value = try await body(connections)
            await connections.shutdown()
            return value
        } catch {
            await connections.shutdown()
            throw error
        }
    }

    /// Closes all connections, within about two seconds. Requests on their way fail, and later ones with
    /// ``HTTPError/shutDown``.
    public func shutdown() async {
        await pool.shutdown()
    }

    public func send(
        _ request: HTTPExchangeRequest, within deadline: Duration, atMost limit: ByteCount
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        let received = ReceivedBytes()
        let end = ContinuousClock.now + deadline
        // Names, connecting, handshake, head and body: all of it runs against one clock.
        let result = await withTaskGroup(of: Result<HTTPExchangeResponse, HTTPError>?.self) { group in
            group.addTask {
                await self.answer(to: request, until: end, atMost: limit, progress: received)
            }
            group.addTask {
                try? await Task.sleep(until: end, clock: .continuous)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard !Task.isCancelled else { throw .cancelled(received: received.count) }
        guard let result else { throw .noAnswer(within: deadline, received: received.count) }
        return try result.get()
    }

    private func answer(
        to request: HTTPExchangeRequest, until end: ContinuousClock.Instant, atMost limit: ByteCount,
        progress: ReceivedBytes
    ) async -> Result<HTTPExchangeResponse, HTTPError> {
        do throws(HTTPError) {
            let sent = OutgoingRequest(
                bytes: try request.encoded(), request: request, end: end, limit: limit, progress: progress)
            let (origin, old) = (request.address.origin, request.allowsOldTLS)
            guard let announcer = request.announcer else {
                return .success(try await answer(to: sent, by: Route(origin, allowsOldTLS: old)))
            }
            var failed: [Host: HTTPError] = [:]
            while true {
                let way = try await announced.way(to: origin.host, announcedBy: announcer.host, avoiding: failed)
                do throws(HTTPError) {
                    let route = Route(origin, at: way.address, allowsOldTLS: old)
                    return .success(try await answer(to: sent, by: route, within: way.patience))
                } catch  where error.isWithoutConnection && way.isOneOfSeveral {
                    failed[way.address] = error
                }
            }
        } catch {
            return .failure(error)
        }
    }

    /// A request as it goes out, and what bounds its answer.
    private struct OutgoingRequest {
        let bytes: ByteBuffer
        let request: HTTPExchangeRequest
        let startedAt = ContinuousClock.now
        let end: ContinuousClock.Instant
        let limit: ByteCount
        let progress: ReceivedBytes
    }

    private func answer(
        to sent: OutgoingRequest, by route: Route, within patience: Duration = Connection.longestPatience
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        if sent.request.isRepeatable, let used = pool.take(route) {
            let exchange = await exchange(sent, on: used, isReused: true)
            if exchange.hasBegun || Task.isCancelled { return try result(of: exchange, at: route, patience) }
        }
        let fresh: Connection
        do {
            fresh = try await pool.open(route, within: patience)
        } catch {
            throw await failure(error, at: route, patience)
        }
        return try result(of: await exchange(sent, on: fresh, isReused: false), at: route, patience)
    }

    private func exchange(_ sent: OutgoingRequest, on connection: Connection, isReused: Bool) async -> Exchange {
        let origin = connection.route.origin
        let reading = sent.request.reading
        var silence = SilenceLimits()
        if let useful = reading.usefulFor {
            let left = min(useful - (.now - sent.startedAt), sent.end - .now)
            let manners = pool.manners(of: origin)
            silence.afterHead = manners.silenceAllowed(within: left)
            if isReused, !reading.mayAnswerLate { silence.beforeHead = manners.waitAllowed(within: left) }
        }
        let exchange = await connection.exchange(
            sent.bytes, into: AnswerIntake(from: origin, reading: reading, atMost: sent.limit), silence: silence,
            progress: sent.progress)
        pool.learn(from: exchange, of: origin, isReused: isReused)
        if exchange.isReusable { pool.put(connection) }
        return exchange
    }

    private func result(
        of exchange: Exchange, at route: Route, _ patience: Duration
    ) throws(HTTPError) -> HTTPExchangeResponse {
        if pool.isShutDown, case .failure = exchange.result { throw .shutDown }
        guard !exchange.hasBegun, let failure = exchange.failure else { return try exchange.result.get() }
        throw TransportFailure.error(from: failure, at: route.origin, patience: patience)
    }

    private func failure(_ error: any Error, at route: Route, _ patience: Duration) async -> HTTPError {
        guard TransportFailure.isUntrustedCertificate(error) else {
            return TransportFailure.error(from: error, at: route.origin, patience: patience)
        }
        let problem = await CertificateInspection.problem(
            of: route.origin, at: route.host, trust: secure.configuration(allowsOldTLS: route.allowsOldTLS))
        return .certificate(problem, of: route.origin)
    }
}

/// Reflection shows nothing of the connections: it would read what their event loops are writing, and crash now and then,
/// and the requests that wait there carry credentials.
extension HTTPConnections: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension HTTPError {
    /// Whether another address of the same host may do better.
    fileprivate var isWithoutConnection: Bool {
        switch self {
        case .connectionRefused, .unreachable, .noAnswer: true
        default: false
        }
    }
}
