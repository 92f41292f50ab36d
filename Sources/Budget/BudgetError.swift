package import Vocabulary

/// Why bytes may not be spent.
package enum BudgetError: ExplainedError, Hashable {
    case capReached(until: Timestamp, reason: CapReason)
    /// A text that is no stop.
    case capStop(String)
    /// A text that is no reserve.
    case ownersReserve(String)

    /// A short constant for logs and metrics.
    package var label: String {
        switch self {
        case .capReached(_, let reason): reason.rawValue
        case .capStop: "cap_stop"
        case .ownersReserve: "reserve"
        }
    }

    package var description: String {
        switch self {
        case .capReached(let until, let reason): "\(reason.sentence) until \(until.minuteText)"
        case .capStop(let text): "“\(text.printable)” does not say where to stop"
        case .ownersReserve(let text): "“\(text.printable)” does not say what to keep in reserve"
        }
    }

    /// What the person does now.
    package var hint: String {
        switch self {
        case .capReached(_, let reason): reason.hint
        case .capStop: "Write a part of the cap such as 90%, a size such as 250MB, or off."
        case .ownersReserve: "Write a part of the cap such as 20%, a size such as 60MB, or none."
        }
    }
}
