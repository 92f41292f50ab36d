package import Vocabulary

/// What the monitoring of a job has to say, for the job's log.
package enum MonitoringMessage: Sendable {
    case told(Alert, by: String)
    /// A handler did not take an alert; the job goes on.
    case notTold(Alert, by: String, reason: any ExplainedError)
    /// So many alerts wait already that this one is not delivered.
    case dropped(Alert)
    /// The archive could not keep what is open: after a restart it may be told again.
    case notKept(AlertKind, reason: any ExplainedError)
    /// The archive could not log it.
    case notLogged(AlertKind, reason: any ExplainedError)
    /// Others are told from now on: so many.
    case handlersChanged(Int)
    case metricsMoved(to: MetricsAddress)
    case metricsEnded
    /// Where the metrics are to be served from now on they cannot be; the job goes on without.
    case metricsNotServed(reason: any ExplainedError)
    /// Browsers find the gallery there from now on; whether other machines do so by connections that are not encrypted.
    case galleryServed(at: String, isExposed: Bool)
    case galleryEnded
    /// As it is to be served it cannot be; the job goes on without.
    case galleryNotServed(reason: any ExplainedError)
    /// What a visitor was not told.
    case galleryTrouble(String)
    /// The service manager does not take messages.
    case serviceManagerAway(reason: any ExplainedError)

    /// One sentence or two, without secrets.
    package var description: String {
        switch self {
        case .told(let alert, let handler): "\(alert.kind.rawValue) was told by \(handler): \(alert.message)"
        case .notTold(let alert, let handler, let reason):
            "\(alert.kind.rawValue) could not be told by \(handler): \(reason.description.asSentence) \(reason.hint)"
        case .dropped(let alert): "\(alert.kind.rawValue) is not told, too many alerts are waiting: \(alert.message)"
        case .notKept(let kind, let reason): "that \(kind.rawValue) was told is not kept: \(reason.description)"
        case .notLogged(let kind, let reason): "\(kind.rawValue) is not in the log of alerts: \(reason.description)"
        case .handlersChanged(0): "events are told to nobody from now on"
        case .handlersChanged(1): "events are told to one handler from now on"
        case .handlersChanged(let count): "events are told to \(count) handlers from now on"
        case .metricsMoved(let address):
            "metrics are served at http://\(address)/metrics from now on"
                + (address.isLoopback ? "" : "; whoever reaches this machine there can read them")
        case .metricsEnded: "metrics are served no longer"
        case .metricsNotServed(let reason): "\(reason.description.asSentence) \(reason.hint)"
        case .galleryServed(let url, let isExposed):
            "the gallery is at \(url)"
                + (isExposed
                    ? "; what other machines send, the password too, is not encrypted: a certificate and its key, or a proxy, "
                        + "do that"
                    : "")
        case .galleryEnded: "the gallery is served no longer"
        case .galleryNotServed(let reason):
            "the gallery is not served: \(reason.description.asSentence) \(reason.hint)"
        case .galleryTrouble(let text): "the gallery: \(text)"
        case .serviceManagerAway(let reason): reason.description
        }
    }

    /// Whether something is wrong that the owner should know of.
    package var isWarning: Bool {
        switch self {
        case .told, .handlersChanged, .metricsMoved, .metricsEnded, .galleryServed, .galleryEnded: false
        case .notTold, .dropped, .notKept, .notLogged, .metricsNotServed, .galleryNotServed, .galleryTrouble,
            .serviceManagerAway:
            true
        }
    }
}
