public import Vocabulary

/// What an HTTP status that is no success means, whoever answers.
public enum HTTPStatus: Hashable, Sendable {
    case unauthorized
    case forbidden
    case notFound
    case tooManyRequests(retryAfter: Duration?)
    case internalError
    case badGateway
    case serviceUnavailable(retryAfter: Duration?)
    case gatewayTimeout
    /// Any other, redirects without a usable target included.
    case unexpected(Int, retryAfter: Duration?)

    /// `nil` for a success (200 to 299).
    init?(of response: HTTPExchangeResponse) {
        let retryAfter = RetryAfter.duration(in: response)
        switch response.status {
        case 200...299: return nil
        case 401: self = .unauthorized
        case 403: self = .forbidden
        case 404, 410: self = .notFound
        case 429: self = .tooManyRequests(retryAfter: retryAfter)
        case 500: self = .internalError
        case 502: self = .badGateway
        case 503: self = .serviceUnavailable(retryAfter: retryAfter)
        case 504: self = .gatewayTimeout
        case let other: self = .unexpected(other, retryAfter: retryAfter)
        }
    }

    /// A short constant for logs and metrics.
    public var label: String {
        switch self {
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .notFound: "not_found"
        case .tooManyRequests: "too_many_requests"
        case .internalError: "internal_error"
        case .badGateway: "bad_gateway"
        case .serviceUnavailable: "service_unavailable"
        case .gatewayTimeout: "gateway_timeout"
        case .unexpected: "unexpected_status"
        }
    }

    /// The end of a sentence that begins with who answered.
    package var predicate: String {
        switch self {
        case .unauthorized: "refuses the credentials (401)"
        case .forbidden: "forbids it (403)"
        case .notFound: "has nothing there (404)"
        case .tooManyRequests: "asks for fewer requests (429)"
        case .internalError: "failed inside (500)"
        case .badGateway: "had no usable answer from what stands behind it (502)"
        case .serviceUnavailable: "is out of service for now (503)"
        case .gatewayTimeout: "had no answer from what stands behind it in time (504)"
        case .unexpected(let status, _): "answered with status \(status)"
        }
    }

    /// What a slot counts as whose picture was asked for.
    public var outcome: SlotOutcome {
        switch self {
        case .unauthorized, .forbidden: .unauthorized
        case .notFound: .noPicture
        case .badGateway, .gatewayTimeout: .offline
        case .tooManyRequests, .internalError, .serviceUnavailable, .unexpected: .unavailable
        }
    }

    /// How long the server asked to be left alone: 1 s to 1 h.
    public var retryAfter: Duration? {
        switch self {
        case .tooManyRequests(let retryAfter), .serviceUnavailable(let retryAfter), .unexpected(_, let retryAfter):
            retryAfter
        case .unauthorized, .forbidden, .notFound, .internalError, .badGateway, .gatewayTimeout: nil
        }
    }
}
