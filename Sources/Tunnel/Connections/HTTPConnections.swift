internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Synchronization
public import Vocabulary

/// Real connections over TCP and TLS, kept open between requests.
///
/// HTTP/1.1 only, because servers were seen to behave differently over HTTP/2; no proxy, no cookies, no retries of its own and
/// no redirects: what comes back is what one request was answered with. Certificates are always verified.
public final class HTTPConnections: HTTPTransport, Sendable {
    private let owned: OwnedClient
    private let announced: AnnouncedHosts
    private let trust: TLSConfiguration

    /// Trusts the certificate authorities that the system trusts.
    public convenience init() {
        self.init(trust: .makeClientConfiguration(), names: NameRules())
    }

    /// The authorities of the whole web are 200 kB.
    private static let longestCertificateFile = 16 << 20

    /// Trusts the authorities in a file as well as those that the system trusts.
    ///
    /// - Parameter caFile: certificates in PEM form; `nil` for none.
    /// - Throws: ``TunnelError/certificateFile(path:)``
    public convenience init(trusting caFile: String?) throws(TunnelError) {
        try self.init(trusting: caFile, names: NameRules())
    }

    /// - Parameter names: how the hosts that servers announce are looked up.
    convenience init(trusting caFile: String? = nil, names: NameRules) throws(TunnelError) {
        var trust = TLSConfiguration.makeClientConfiguration()
        if let caFile {
            do {
                let file = try PlainFile(at: caFile, atMost: Self.longestCertificateFile)
                guard let file else { throw TunnelError.certificateFile(path: caFile) }
                trust.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMBytes(file.bytes))]
            } catch {
                throw .certificateFile(path: caFile)
            }
        }
        self.init(trust: trust, names: names)
    }

    private init(trust: TLSConfiguration, names: NameRules) {
        self.trust = trust
        owned = OwnedClient(trust: trust)
        announced = AnnouncedHosts(trust: trust, names: names)
    }

    /// Runs `body` with connections that are shut down afterwards, however it ends.
    ///
    /// - Parameter caFile: certificates in PEM form that are trusted as well.
    /// - Throws: ``TunnelError/certificateFile(path:)``, or what `body` throws.
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
    /// ``TunnelError/shutDown``.
    public func shutdown() async {
        async let announced: Void = announced.shutdown()
        await owned.shutdown()
        await announced
    }

    public func send(
        _ request: HTTPExchangeRequest, within deadline: Duration, atMost limit: ByteCount
    ) async throws(TunnelError) -> HTTPExchangeResponse {
        let received = Progress()
        // The client's own deadline ends at the answer's head, so the whole exchange runs against a clock here.
        let result = await withTaskGroup(of: Result<HTTPExchangeResponse, TunnelError>?.self) { group in
            group.addTask {
                await self.exchange(request, atMost: limit, progress: received)
            }
            group.addTask {
                try? await Task.sleep(for: deadline)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard !Task.isCancelled else { throw .cancelled }
        guard let result else { throw .noAnswer(within: deadline, received: received.bytes) }
        return try result.get()
    }

    private func exchange(
        _ request: HTTPExchangeRequest, atMost limit: ByteCount, progress: Progress
    ) async -> Result<HTTPExchangeResponse, TunnelError> {
        let host = request.address.origin.host
        guard let announcer = request.announcer, host.name != nil, announcer.host.reach != .loopback else {
            return await exchange(request, through: owned, to: host, atMost: limit, progress: progress)
        }
        var failed: Set<Host> = []
        var result = Result<HTTPExchangeResponse, TunnelError>.failure(.nameNotFound(host))
        do throws(TunnelError) {
            while let way = try await announced.connection(to: host, announcedBy: announcer.host, avoiding: failed) {
                result = await exchange(
                    request, through: way.client, to: way.address, atMost: limit, progress: progress)
                guard case .failure(let error) = result, error.isWithoutConnection else { break }
                failed.insert(way.address)
            }
            return result
        } catch {
            return .failure(error)
        }
    }

    /// - Parameter host: what `owned` connects to.
    private func exchange(
        _ request: HTTPExchangeRequest, through owned: OwnedClient, to host: Host, atMost limit: ByteCount,
        progress: Progress
    ) async -> Result<HTTPExchangeResponse, TunnelError> {
        var outgoing = HTTPClientRequest(url: request.address.revealed)
        if case .post(let json) = request.method {
            outgoing.method = .POST
            outgoing.body = .bytes(json)
        }
        for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
        let origin = request.address.origin
        do {
            let response = try await owned.client.execute(outgoing, deadline: .distantFuture)
            return await Self.body(of: response, atMost: limit, progress: progress)
        } catch {
            guard TransportFailure.isUntrustedCertificate(error) else {
                return .failure(TransportFailure.error(from: error, at: origin, patience: owned.patience))
            }
            return .failure(
                .certificate(await CertificateInspection.problem(of: origin, at: host, trust: trust), of: origin))
        }
    }

    private static func body(
        of response: HTTPClientResponse, atMost limit: ByteCount, progress: Progress
    ) async -> Result<HTTPExchangeResponse, TunnelError> {
        let declared = response.headers.first(name: "content-length").flatMap(Int64.init)
        if let declared, declared > limit.bytes { return .failure(.tooLarge(limit: limit, received: .zero)) }
        var body = ByteBuffer()
        body.reserveCapacity(Int(declared ?? 0))
        do {
            for try await part in response.body {
                body.writeImmutableBuffer(part)
                progress.report(ByteCount(body.readableBytes))
                guard body.readableBytes <= limit.bytes else {
                    return .failure(.tooLarge(limit: limit, received: ByteCount(body.readableBytes)))
                }
            }
        } catch {
            return .failure(torn(response, body))
        }
        if let declared, body.readableBytes < declared, response.status != .notModified {
            return .failure(torn(response, body))
        }
        let headers = response.headers.map { (name: $0.name, value: $0.value) }
        return .success(HTTPExchangeResponse(status: Int(response.status.code), headers: headers, body: body))
    }

    private static func torn(_ response: HTTPClientResponse, _ body: ByteBuffer) -> TunnelError {
        let isPlain = (200...299).contains(response.status.code) && !response.headers.contains(name: "content-encoding")
        return .cutShort(
            received: ByteCount(body.readableBytes), body: isPlain && body.readableBytes > 0 ? body : nil)
    }
}

/// How much of a body has come so far, for whoever stops waiting for the rest.
private final class Progress: Sendable {
    private let count = Mutex<ByteCount>(.zero)

    var bytes: ByteCount { count.withLock { $0 } }

    func report(_ bytes: ByteCount) { count.withLock { $0 = bytes } }
}

/// Reflection shows nothing of the connections: it would read what their event loops are writing, and crash now and then,
/// and the requests that wait there carry credentials.
extension HTTPConnections: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension TunnelError {
    /// Whether another address of the same host may do better.
    fileprivate var isWithoutConnection: Bool {
        switch self {
        case .connectionRefused, .unreachable, .noAnswer: true
        default: false
        }
    }
}
