import Logging
import ServiceLifecycle

/// Runs a service to its end or to a signal: the first one ends it cleanly, a second one at once.
///
/// - Parameters:
///   - grace: what is in flight at the first signal has this long before it is cancelled.
///   - isQuiet: whether nothing is said at the first signal.
func runService(_ service: any Service, grace: Duration, isQuiet: Bool) async throws {
    var configuration = ServiceGroupConfiguration(
        services: [
            .init(
                service: service, successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .cancelGroup)
        ],
        logger: Logger(label: "services") { _ in SwiftLogNoOpLogHandler() })
    configuration.maximumGracefulShutdownDuration = grace
    let group = ServiceGroup(configuration: configuration)
    let work = EndingSignals.workBegins {
        if !isQuiet { StandardError.write("Ending; a second signal ends at once.") }
        Task { await group.triggerGracefulShutdown() }
    }
    defer { withExtendedLifetime(work) {} }
    try await group.run()
}
