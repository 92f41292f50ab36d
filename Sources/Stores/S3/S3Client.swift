internal import HTTP
internal import NIOCore
internal import Vocabulary

/// What an S3-compatible server is asked, signed and as often as it makes sense.
final class S3Client: Sendable {
    /// How long is waited for what.
    struct Rules: Sendable {
        /// For an answer, beside the time that its bytes and those of the request take.
        var answer = Duration.seconds(30)
        /// The slowest line that is put up with, in bytes a second.
        var slowest = 65_536
        /// For all attempts at what a server is too busy for.
        var patience = Duration.seconds(120)
        /// The same where there is no connection.
        var connecting = Duration.seconds(15)
        var firstPause = Duration.milliseconds(250)
        var longestPause = Duration.seconds(20)
    }

    /// What is asked.
    struct Call: Sendable {
        var verb = HTTPCall.Verb.get
        /// Without the store's prefix; `nil`: of the bucket.
        var object: ObjectName?
        var query: [(name: String, value: String)] = []
        /// Names in lower case; all are signed.
        var fields: [(name: String, value: String)] = []
        var body: ByteBuffer?
        /// Of the body, where it is known already.
        var digest: SHA256Digest?
        /// How many bytes may come.
        var limit = 65_536
        /// How many are reckoned with.
        var expected = 65_536
    }

    let location: StoreLocation
    let bucket: BucketLocation
    private let origin: Origin
    private let region: String
    private let sources: S3CredentialSources
    private let transport: any HTTPTransport
    private let rules: Rules
    private let now: @Sendable () -> Timestamp

    init(
        _ bucket: BucketLocation, environment: [String: String], through transport: any HTTPTransport,
        rules: Rules = Rules(), now: @escaping @Sendable () -> Timestamp = { .wallClock }
    ) throws(StoreError) {
        (self.bucket, self.transport, self.rules, self.now) = (bucket, transport, rules, now)
        location = StoreLocation(.bucket(bucket))
        let named = [bucket.region, environment["AWS_REGION"], environment["AWS_DEFAULT_REGION"]]
        region = named.lazy.compactMap(\.self).first { !$0.isEmpty } ?? "us-east-1"
        guard BucketLocation.isRegion(region) else {
            throw .location(problem: "AWS_REGION has a region that is none")
        }
        sources = S3CredentialSources(environment, for: location)
        origin = try Self.origin(of: bucket, region: region)
    }

    private static func origin(of bucket: BucketLocation, region: String) throws(StoreError) -> Origin {
        let server = bucket.endpoint?.authority ?? "s3.\(region).amazonaws.com"
        let host = bucket.style == .virtual ? "\(bucket.bucket).\(server)" : server
        do throws(AddressProblem) {
            return try AddressParts(parsing: "\(bucket.endpoint?.scheme.rawValue ?? "https")://\(host)").address.origin
        } catch {
            throw .location(problem: "a bucket cannot be part of the host's name here; write style=path")
        }
    }

    /// The answer to what was asked, or a refusal that another attempt would not change.
    func answer(to call: Call) async throws(StoreError) -> Result<HTTPExchangeResponse, S3Refusal> {
        let start = ContinuousClock.now
        var pauses = RetryPauses(first: rules.firstPause, longest: rules.longestPause)
        var generator = SystemRandomNumberGenerator()
        while true {
            let credentials = try sources.current()
            switch try await attempt(call, by: credentials) {
            case .success(let response): return .success(response)
            case .refused(let refusal):
                let isOver =
                    [.expired, .credentials].contains(refusal.kind) ? try !sources.renew(after: credentials) : true
                if isOver { return .failure(refusal) }
            case .setback(let setback):
                let left = setback.patience - (.now - start)
                guard let pause = pauses.pause(atLeast: setback.retryAfter, left: left, using: &generator) else {
                    throw setback.error(after: .now - start)
                }
                do {
                    try await Task.sleep(for: pause)
                } catch {
                    throw .cancelled
                }
            }
        }
    }

    /// The same, where every refusal is an error.
    ///
    /// - Parameter name: of the object that it is about.
    func success(of call: Call) async throws(StoreError) -> HTTPExchangeResponse {
        switch try await answer(to: call) {
        case .success(let response): return response
        case .failure(let refusal): throw error(of: refusal, call.object)
        }
    }

    func error(of refusal: S3Refusal, _ name: ObjectName?) -> StoreError {
        switch (refusal.kind, name) {
        case (.noBucket, _): .noBucket(location)
        case (.noObject, let name?): .missing(location, name)
        case (.outOfRange, let name?): .wrongBytes(location, name, problem: "it ends before the bytes that were wanted")
        case (.credentials, _): .refused(location, code: refusal.code)
        case (.expired, _): .expired(location)
        case (.full, _): .full(location)
        case (.otherRegion(let region), _): .otherRegion(location, region: region)
        default: .invalidAnswer(location, problem: "\(refusal.code) (\(refusal.status))")
        }
    }

    // MARK: Attempts

    private enum Attempt {
        case success(HTTPExchangeResponse)
        case refused(S3Refusal)
        case setback(Setback)
    }

    /// Why an attempt failed that may do better later.
    private struct Setback {
        enum Reason {
            case busy(code: String)
            case slow
            case transport(HTTPError)
        }

        let reason: Reason
        let location: StoreLocation
        let patience: Duration
        var retryAfter: Duration?

        func error(after tried: Duration) -> StoreError {
            switch reason {
            case .busy(let code): .busy(location, code: code, tried: tried)
            case .slow: .slow(location, within: tried)
            case .transport(let error): .unreachable(location, error)
            }
        }
    }

    private func attempt(_ call: Call, by credentials: S3Credentials) async throws(StoreError) -> Attempt {
        let own = now()
        let request = try request(call, by: credentials, at: own)
        let deadline =
            rules.answer + .milliseconds((call.expected + (call.body?.readableBytes ?? 0)) * 1000 / rules.slowest)
        let response: HTTPExchangeResponse
        do throws(HTTPError) {
            response = try await transport.send(request, within: deadline, atMost: ByteCount(call.limit))
        } catch {
            return .setback(try setback(error, deadline))
        }
        guard let refusal = S3Refusal(of: response) else { return .success(response) }
        switch refusal.kind {
        case .busy(let retryAfter):
            return .setback(
                Setback(
                    reason: .busy(code: refusal.code), location: location, patience: rules.patience,
                    retryAfter: retryAfter))
        case .skewed(let server): throw .clockSkew(location, server: server, own: own)
        default: return .refused(refusal)
        }
    }

    /// - Throws: what no other attempt would change.
    private func setback(_ error: HTTPError, _ deadline: Duration) throws(StoreError) -> Setback {
        switch error {
        case .cancelled, .shutDown: throw .cancelled
        case .tooLarge: throw .invalidAnswer(location, problem: "more came than was asked for")
        case .compressed(let coding, _): throw .invalidAnswer(location, problem: "it came in the coding \(coding)")
        case .certificate, .certificateFile, .notHTTP, .address: throw .unreachable(location, error)
        case .noAnswer(let within, _, _) where within >= deadline:
            return Setback(reason: .slow, location: location, patience: rules.patience)
        case .cutShort:
            return Setback(reason: .transport(error), location: location, patience: rules.patience)
        default: return Setback(reason: .transport(error), location: location, patience: rules.connecting)
        }
    }

    private func request(
        _ call: Call, by credentials: S3Credentials, at time: Timestamp
    ) throws(StoreError) -> HTTPExchangeRequest {
        let payload = call.digest ?? SHA256Digest(hashing: call.body ?? ByteBuffer())
        var fields = call.fields
        fields.append(("x-amz-content-sha256", "\(payload)"))
        fields.append(("x-amz-date", SignatureV4.text(of: time)))
        if let token = credentials.sessionToken { fields.append(("x-amz-security-token", token.revealed)) }
        let key = call.object.map { "/" + bucket.key(of: $0) } ?? ""
        let place = bucket.style == .path ? "/\(bucket.bucket)\(key)" : key.isEmpty ? "/" : key
        let signed = SignatureV4.Request(
            verb: call.verb.rawValue, path: place, query: call.query,
            fields: fields + [("host", origin.authority)], payload: payload)
        let authorization = SignatureV4(credentials: credentials, region: region).authorization(of: signed, at: time)
        let query = signed.canonicalQuery
        do throws(AddressProblem) {
            let address = try WebAddress(origin, pathAndQuery: place + (query.isEmpty ? "" : "?\(query)"))
            return HTTPExchangeRequest(
                address,
                call: HTTPCall(
                    call.verb, fields: fields.map { ($0.name, Secret($0.value)) } + [("authorization", authorization)],
                    body: call.body))
        } catch {
            throw .invalidAnswer(location, problem: "what it gave to ask on with is too long")
        }
    }
}
