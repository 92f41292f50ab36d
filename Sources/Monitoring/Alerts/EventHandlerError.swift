internal import Vocabulary

/// A handler of events that cannot be.
package enum EventHandlerError: ExplainedError, Hashable {
    /// A command without a word in it.
    case noProgram
    /// A command whose first word cannot be a program's name.
    case notAProgram(String)
    case unknownEvent(String)

    /// A short constant for logs and metrics.
    package var label: String {
        switch self {
        case .noProgram: "no_program"
        case .notAProgram: "not_a_program"
        case .unknownEvent: "unknown_event"
        }
    }

    package var description: String {
        switch self {
        case .noProgram: "the command is empty"
        case .notAProgram(let word): "“\(word.printable)” cannot be a program's name"
        case .unknownEvent(let name): "there is no event “\(name.printable)”"
        }
    }

    /// What the person does now.
    package var hint: String {
        switch self {
        case .noProgram, .notAProgram:
            "Write the program and its arguments as a list, such as [notify-send, Printlapse]."
        case .unknownEvent: "The events are \(AlertKind.allCases.map(\.rawValue).joined(separator: ", "))."
        }
    }
}
