public import Vocabulary

/// Why bytes may not be spent.
public enum BudgetError: ExplainedError, Hashable {
    case capReached(until: Timestamp, reason: CapReason)
    /// A text that is no stop.
    case capStop(String)

    /// A short constant for logs and metrics.
    public var label: String {
        switch self {
        case .capReached(_, let reason): reason.rawValue
        case .capStop: "cap_stop"
        }
    }

    public var description: String {
        switch self {
        case .capReached(let until, let reason): "\(reason.sentence) until \(until)"
        case .capStop(let text): "“\(text.printable)” does not say where to stop"
        }
    }

    /// What the person does now.
    public var hint: String {
        switch self {
        case .capReached(_, .ownStop): "Wait for the reset, or raise the stop with --cap-stop."
        case .capReached(_, .serverRefused): "Wait for the reset, or get an account without a cap."
        case .capReached(_, .noReading): "See why the tunnel's usage cannot be read: “printlapse usage”."
        case .capStop: "Write a part of the cap such as 90%, a size such as 250MB, or off."
        }
    }

    public var disposition: Disposition {
        switch self {
        case .capReached: .skipSlot
        case .capStop: .stop
        }
    }
}

/// Why captures pause for the sake of the allowance.
public enum CapReason: String, Hashable, Sendable, CaseIterable {
    /// Our own stop, short of the cap.
    case ownStop = "own_stop"
    /// The server said that the account is over its cap (481).
    case serverRefused = "server_refused"
    /// The use is not known, and the margin of trust is spent.
    case noReading = "no_reading"

    var sentence: String {
        switch self {
        case .ownStop: "The stop short of the month's cap is reached; captures pause"
        case .serverRefused: "The server says that the month's allowance is used up; captures pause"
        case .noReading: "The month's use is not known; captures pause"
        }
    }
}
