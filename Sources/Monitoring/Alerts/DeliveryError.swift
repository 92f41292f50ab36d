internal import Vocabulary

/// Why a command that was to be told of an alert did not take it.
package enum DeliveryError: ExplainedError, Hashable {
    case programNotFound(String)
    case notStarted(String, reason: String)
    case exited(String, status: String)
    case tookTooLong(String, limit: Duration)

    /// A short constant for logs and metrics.
    package var label: String {
        switch self {
        case .programNotFound: "program_not_found"
        case .notStarted: "not_started"
        case .exited: "exited"
        case .tookTooLong: "took_too_long"
        }
    }

    package var description: String {
        switch self {
        case .programNotFound(let program): "there is no program “\(program.printable)”"
        case .notStarted(let program, let reason): "“\(program.printable)” cannot be started: \(reason)"
        case .exited(let program, let status): "“\(program.printable)” \(status)"
        case .tookTooLong(let program, let limit):
            "“\(program.printable)” did not end within \(limit.shortText) and was ended"
        }
    }

    /// What the person does now.
    package var hint: String {
        switch self {
        case .programNotFound, .notStarted: "Give the program's whole path, and see that it may be executed."
        case .exited: "Its own messages stand above in the log; run it by hand with the event on its standard input."
        case .tookTooLong: "Let it hand its work on and end."
        }
    }
}
