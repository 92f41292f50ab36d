/// How a job is monitored.
public struct MonitoringSettings: Sendable {
    /// Who is told of alerts; nobody where there are none.
    public var handlers: [EventHandler]
    public var rules: AlertRules
    /// Where the metrics are served; nowhere where it is `nil`.
    public var metrics: MetricsAddress?
    /// The program's, for the metrics.
    public var version: String
    /// With the service manager's variables.
    public var environment: [String: String]

    public init(
        handlers: [EventHandler] = [], rules: AlertRules = AlertRules(), metrics: MetricsAddress? = nil,
        version: String, environment: [String: String]
    ) {
        (self.handlers, self.rules, self.metrics) = (handlers, rules, metrics)
        (self.version, self.environment) = (version, environment)
    }
}
