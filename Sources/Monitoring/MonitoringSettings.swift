package import Archive
package import Vocabulary

/// Makes a smaller version of a timelapse, of at most so many bytes.
///
/// Returns the path of a file that is no longer needed once it was sent; `nil` where there is none so small.
package typealias TimelapseFitting = @Sendable (ArchivedTimelapse, ByteCount) async -> String?

/// How a job is monitored.
package struct MonitoringSettings: Sendable {
    /// Who is told of alerts; nobody where there are none.
    package var handlers: [EventHandler]
    package var rules: AlertRules
    /// Where the metrics are served; nowhere where it is `nil`.
    package var metrics: MetricsAddress?
    /// The program's, for the metrics.
    package var version: String
    /// With the service manager's variables.
    package var environment: [String: String]
    /// For webhooks of services that take no large files.
    package var fit: TimelapseFitting?

    package init(
        handlers: [EventHandler] = [], rules: AlertRules = AlertRules(), metrics: MetricsAddress? = nil,
        version: String, environment: [String: String]
    ) {
        (self.handlers, self.rules, self.metrics) = (handlers, rules, metrics)
        (self.version, self.environment) = (version, environment)
    }
}
