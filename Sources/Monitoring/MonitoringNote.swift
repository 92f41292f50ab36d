public import Capture
public import Vocabulary

/// What the monitoring of a job has to say, for the job's log.
public enum MonitoringNote: Sendable {
    case told(Alert, by: String)
    /// A handler did not take an alert; the job goes on.
    case notTold(Alert, by: String, reason: any ExplainedError)
    /// So many alerts wait already that this one is not delivered.
    case dropped(Alert)
    /// The archive could not keep what is open: after a restart it may be told again.
    case notKept(AlertKind, reason: any ExplainedError)
    /// The service manager does not take messages.
    case serviceManagerAway(reason: any ExplainedError)

    /// One sentence or two, without secrets.
    public var description: String {
        switch self {
        case .told(let alert, let handler): "\(alert.kind.rawValue) was told by \(handler): \(alert.message)"
        case .notTold(let alert, let handler, let reason):
            "\(alert.kind.rawValue) could not be told by \(handler): \(reason.description.asSentence) \(reason.hint)"
        case .dropped(let alert): "\(alert.kind.rawValue) is not told, too many alerts are waiting: \(alert.message)"
        case .notKept(let kind, let reason): "that \(kind.rawValue) was told is not kept: \(reason.description)"
        case .serviceManagerAway(let reason): reason.description
        }
    }

    /// Whether something is wrong that the owner should know of.
    public var isWarning: Bool {
        if case .told = self { false } else { true }
    }
}
