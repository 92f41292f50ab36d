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

    package init(
        handlers: [EventHandler] = [], rules: AlertRules = AlertRules(), metrics: MetricsAddress? = nil,
        version: String, environment: [String: String]
    ) {
        (self.handlers, self.rules, self.metrics) = (handlers, rules, metrics)
        (self.version, self.environment) = (version, environment)
    }
}
