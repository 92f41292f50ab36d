import Vocabulary

/// What a service tells its manager, as sd_notify(3) has it.
package enum ServiceState: Hashable, Sendable {
    /// It has started, or has read its configuration again.
    case ready
    /// It is reading its configuration again, since this instant of CLOCK_MONOTONIC.
    case reloading(microseconds: UInt64)
    case stopping
    /// It has not started yet, and is to be given this much more time.
    case starting(for: Duration)
    /// It is alive and does its work.
    case watchdog
    /// How it is doing, for a person.
    case status(String)

    /// One assignment a line; a status that had line breaks has blanks.
    var text: String {
        switch self {
        case .ready: "READY=1"
        case .reloading(let microseconds): "RELOADING=1\nMONOTONIC_USEC=\(microseconds)"
        case .stopping: "STOPPING=1"
        case .starting(let time): "EXTEND_TIMEOUT_USEC=\(time.milliseconds * 1000)"
        case .watchdog: "WATCHDOG=1"
        case .status(let text): "STATUS=" + text.map { $0.isNewline ? " " : String($0) }.joined()
        }
    }
}
