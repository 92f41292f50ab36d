internal import Vocabulary

/// A service manager that cannot be told anything.
package enum ServiceManagerError: ExplainedError, Hashable {
    /// `NOTIFY_SOCKET` is neither a path nor an abstract name, or too long.
    case address
    case notSent(reason: String)

    /// A short constant for logs and metrics.
    package var label: String {
        switch self {
        case .address: "notify_address"
        case .notSent: "notify"
        }
    }

    package var description: String {
        switch self {
        case .address: "NOTIFY_SOCKET names no socket that can be spoken to"
        case .notSent(let reason): "the service manager cannot be told: \(reason)"
        }
    }

    /// What the person does now.
    package var hint: String {
        switch self {
        case .address: "Leave the variable to the service manager."
        case .notSent: "Check NotifyAccess= and RestrictAddressFamilies= (it needs AF_UNIX) of the unit."
        }
    }
}
