public import NIOCore
public import Vocabulary

/// What sends a request and brings the whole answer.
public protocol HTTPTransport: Sendable {
    /// Sends a request and collects its answer, whatever its status; a redirect is an answer too and is not followed.
    ///
    /// - Parameters:
    ///   - deadline: for all of it: name resolution, connecting, the answer's head and its whole body.
    ///   - limit: of the answer's body; a longer one is given up as soon as that shows.
    func send(
        _ request: HTTPExchangeRequest, within deadline: Duration, atMost limit: ByteCount
    ) async throws(HTTPError) -> HTTPExchangeResponse
}

/// A request: GET, or a POST of a JSON document.
///
/// Credentials and API key are given together with the origin that they belong to, and the request keeps them only if
/// it goes there; so no code that follows a redirect can carry them elsewhere.
public struct HTTPExchangeRequest: Sendable {
    public let address: WebAddress
    public let method: HTTPExchangeMethod
    /// The value of the `Authorization` field.
    var authorization: Secret?
    let apiKey: Secret?
    /// The server that announced the address, where it is on another host: what its name stands for is then to be checked before it is
    /// connected to.
    var announcer: Origin?
    /// How the answer is read.
    var reading = AnswerReading.exact
    /// Whether a TLS older than 1.2 is put up with: by an owner's word for one camera.
    var allowsOldTLS = false
    /// What is asked instead of what the method says.
    private(set) var call: HTTPCall?

    /// - Parameter owner: the origin that `credentials` and `apiKey` belong to.
    public init(
        _ address: WebAddress, method: HTTPExchangeMethod = .get, credentials: BasicCredentials?, apiKey: Secret? = nil,
        of owner: Origin
    ) {
        (self.address, self.method) = (address, method)
        authorization = address.origin == owner ? credentials?.authorization : nil
        self.apiKey = address.origin == owner ? apiKey : nil
    }

    /// A request without any credential.
    public init(_ address: WebAddress, method: HTTPExchangeMethod = .get) {
        self.init(address, method: method, apiKey: nil)
    }

    /// A request whose credentials, if any, are among its call's fields: for this address, by whoever made them.
    package init(_ address: WebAddress, call: HTTPCall) {
        self.init(address)
        self.call = call
        reading.makesRoomForAll = true
    }

    /// Whether it can go out once more where it is unknown what became of it.
    var isRepeatable: Bool { call != nil || method == .get }

    private init(_ address: WebAddress, method: HTTPExchangeMethod, apiKey: Secret?) {
        (self.address, self.method) = (address, method)
        (authorization, self.apiKey) = (nil, apiKey)
    }

    /// The same request where a redirect leads; credentials and API key stay at their origin.
    func moved(to target: WebAddress) -> HTTPExchangeRequest {
        var moved = HTTPExchangeRequest(target, method: method, apiKey: target.origin == address.origin ? apiKey : nil)
        moved.authorization = target.origin == address.origin ? authorization : nil
        moved.allowsOldTLS = allowsOldTLS && target.origin.host == address.origin.host
        return moved
    }

    /// The headers besides `Host`, names in lower case. `Accept-Encoding: identity`, because pictures were seen to be
    /// sent gzipped without a length otherwise.
    var headers: [(name: String, value: String)] {
        var headers = [("accept-encoding", "identity"), ("user-agent", "printlapse")]
        switch method {
        case .get: break
        case .post: headers.append(("content-type", "application/json"))
        case .send(let content):
            headers.append(("content-type", content.type))
            headers += content.headers.sorted { $0.key < $1.key }.map { ($0.key.lowercased(), $0.value) }
        }
        if let authorization { headers.append(("authorization", authorization.revealed)) }
        if let apiKey { headers.append(("x-api-key", apiKey.revealed)) }
        if let call { headers += call.fields.map { ($0.name, $0.value.revealed) } }
        return headers
    }
}

/// What is asked of the server.
public enum HTTPExchangeMethod: Hashable, Sendable {
    case get
    /// To take a document, once: it is neither sent again nor sent on to where a redirect leads.
    case post(json: ByteBuffer)
    /// To take something else, once.
    case send(HTTPContent)
}

/// What is sent that is no JSON document.
public struct HTTPContent: Hashable, Sendable {
    /// As `Content-Type` has it.
    public let type: String
    /// Besides the type.
    public let headers: [String: String]
    public let bytes: ByteBuffer

    public init(type: String, headers: [String: String] = [:], bytes: ByteBuffer) {
        (self.type, self.headers, self.bytes) = (type, headers, bytes)
    }
}

/// An answer whose body arrived whole.
public struct HTTPExchangeResponse: Sendable {
    public let status: Int
    public let body: ByteBuffer
    /// Whether the body is the first part of several, such as the first picture of a stream.
    public let isPartOfStream: Bool
    /// Where it came from, if that is not where was asked first.
    public internal(set) var redirectedTo: WebAddress?
    private let headers: [String: String]

    /// - Parameter headers: names in any case.
    public init(
        status: Int, headers: [(name: String, value: String)] = [], body: ByteBuffer = ByteBuffer(),
        isPartOfStream: Bool = false
    ) {
        self.status = status
        self.body = body
        self.isPartOfStream = isPartOfStream
        self.headers = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" }
    }

    /// A header's value, repeated ones joined by commas; its name is given in any case.
    public func header(_ name: String) -> String? { headers[name.lowercased()] }

    /// How many bytes of body came.
    public var received: ByteCount { ByteCount(body.readableBytes) }
}
