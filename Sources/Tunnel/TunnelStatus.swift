public import HTTP
internal import Vocabulary

/// What a status that is no success means with a tunnel, its own statuses (481 to 484) included.
public enum TunnelStatus: Hashable, Sendable {
    case overCap
    case printerOffline
    case printerTimeout
    case tunnelsUnavailable
    /// What it means with any server.
    case plain(HTTPStatus)

    package init(_ status: HTTPStatus) {
        switch status {
        case .unexpected(481, _): self = .overCap
        case .unexpected(482, _): self = .printerOffline
        case .unexpected(483, _): self = .printerTimeout
        case .unexpected(484, _): self = .tunnelsUnavailable
        default: self = .plain(status)
        }
    }

    /// Whether no server but a tunnel's answers so.
    package var isTunnelsOwn: Bool {
        if case .plain = self { false } else { true }
    }

    var label: String {
        switch self {
        case .overCap: "over_cap"
        case .printerOffline: "printer_offline"
        case .printerTimeout: "printer_timeout"
        case .tunnelsUnavailable: "tunnels_unavailable"
        case .plain(let status): status.label
        }
    }

    /// Who did not do what: the server's own words about what is behind it are the server's, whoever was asked.
    func sentence(of respondent: TunnelRespondent) -> String {
        switch self {
        case .overCap:
            "The tunnel's server refuses what counts against the allowance, because the month's is used up (481)"
        case .printerOffline: "The printer's Obico plugin is not connected to the tunnel's server (482)"
        case .printerTimeout:
            "The tunnel's server had no answer from the printer's Obico plugin in time (483)"
        case .tunnelsUnavailable: "The tunnel's server offers no tunnels (484)"
        case .plain(.badGateway) where respondent == .octoPrint:
            "The printer's Obico plugin had no usable answer from OctoPrint (502)"
        case .plain(.gatewayTimeout) where respondent == .octoPrint:
            "The printer's Obico plugin had no answer from OctoPrint in time (504)"
        case .plain(let status): "\(respondent.subject) \(status.predicate)"
        }
    }

    var outcome: SlotOutcome {
        switch self {
        case .overCap: .cap
        case .printerOffline: .offline
        case .printerTimeout: .timeout
        case .tunnelsUnavailable: .unavailable
        case .plain(let status): status.outcome
        }
    }

    /// How long the server asked to be left alone.
    var retryAfter: Duration? {
        if case .plain(let status) = self { status.retryAfter } else { nil }
    }
}
