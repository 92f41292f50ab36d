package import Archive
package import HTTP
package import Vocabulary

/// Tells handlers of timelapses that are ready, where they are made without a capture that would.
package struct TimelapseAnnouncer: Sendable {
    private let delivery: AlertDelivery

    /// - Parameters:
    ///   - transport: for webhooks.
    ///   - fit: makes smaller versions for those that take no large file.
    ///   - tell: what handlers were told, and what not.
    package init(
        _ handlers: [EventHandler], transport: any HTTPTransport, fit: @escaping TimelapseFitting,
        tell: @escaping @Sendable (MonitoringMessage) -> Void
    ) {
        delivery = AlertDelivery(
            handlers: handlers, transport: transport, pause: { try await Task.sleep(for: $0) }, tell: tell, fit: fit)
    }

    /// Returns once each handler took it, or took it at none of the attempts.
    package func announce(_ timelapse: ArchivedTimelapse, at now: Timestamp) async {
        await delivery.deliver(.timelapseReady(timelapse, at: now))
    }
}
