internal import Vocabulary

/// What an HTTP status that is no success means, the tunnel's own statuses (481 to 484) included.
public enum TunnelStatus: Hashable, Sendable {
    case unauthorized
    case forbidden
    case notFound
    case tooManyRequests(retryAfter: Duration?)
    case overCap
    case printerOffline
    case printerTimeout
    case tunnelsUnavailable
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
        case 481: self = .overCap
        case 482: self = .printerOffline
        case 483: self = .printerTimeout
        case 484: self = .tunnelsUnavailable
        case 500: self = .internalError
        case 502: self = .badGateway
        case 503: self = .serviceUnavailable(retryAfter: retryAfter)
        case 504: self = .gatewayTimeout
        case let other: self = .unexpected(other, retryAfter: retryAfter)
        }
    }

    var label: String {
        switch self {
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .notFound: "not_found"
        case .tooManyRequests: "too_many_requests"
        case .overCap: "over_cap"
        case .printerOffline: "printer_offline"
        case .printerTimeout: "printer_timeout"
        case .tunnelsUnavailable: "tunnels_unavailable"
        case .internalError: "internal_error"
        case .badGateway: "bad_gateway"
        case .serviceUnavailable: "service_unavailable"
        case .gatewayTimeout: "gateway_timeout"
        case .unexpected: "unexpected_status"
        }
    }

    /// Who did not do what: the server's own words about what is behind it are the server's, whoever was asked.
    func sentence(of respondent: Respondent) -> String {
        switch self {
        case .overCap:
            "The tunnel's server refuses what counts against the allowance, because the month's is used up (481)"
        case .printerOffline: "The printer's Obico plugin is not connected to the tunnel's server (482)"
        case .printerTimeout:
            "The tunnel's server had no answer from the printer's Obico plugin in time (483)"
        case .tunnelsUnavailable: "The tunnel's server offers no tunnels (484)"
        case .badGateway where respondent == .octoPrint:
            "The printer's Obico plugin had no usable answer from OctoPrint (502)"
        case .gatewayTimeout where respondent == .octoPrint:
            "The printer's Obico plugin had no answer from OctoPrint in time (504)"
        default: "\(respondent.subject) \(predicate)"
        }
    }

    /// The end of a sentence that begins with who answered.
    private var predicate: String {
        switch self {
        case .unauthorized: "refuses the credentials (401)"
        case .forbidden: "forbids it (403)"
        case .notFound: "has nothing there (404)"
        case .tooManyRequests: "asks for fewer requests (429)"
        case .overCap, .printerOffline, .printerTimeout, .tunnelsUnavailable: "refuses"
        case .internalError: "failed inside (500)"
        case .badGateway: "had no usable answer from what stands behind it (502)"
        case .serviceUnavailable: "is out of service for now (503)"
        case .gatewayTimeout: "had no answer from what stands behind it in time (504)"
        case .unexpected(let status, _): "answered with status \(status)"
        }
    }

    var outcome: SlotOutcome {
        switch self {
        case .unauthorized, .forbidden: .unauthorized
        case .notFound: .noPicture
        case .overCap: .cap
        case .printerOffline, .badGateway, .gatewayTimeout: .offline
        case .printerTimeout: .timeout
        case .tooManyRequests, .tunnelsUnavailable, .internalError, .serviceUnavailable, .unexpected: .unavailable
        }
    }

    /// How long the server asked to be left alone, within ``RetryAfter/bounds``.
    var retryAfter: Duration? {
        switch self {
        case .tooManyRequests(let retryAfter), .serviceUnavailable(let retryAfter), .unexpected(_, let retryAfter):
            retryAfter
        default: nil
        }
    }
}
