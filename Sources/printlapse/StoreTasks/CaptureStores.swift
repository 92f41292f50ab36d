import Capture
import FoundationEssentials
import Storage
import Vocabulary

/// What a capture has stores for: older pictures go there, and a hub is told there. Neither waits for the other.
struct CaptureStores: Sendable {
    private let offloading: StoreTaskLoop<OffloadOrders>
    private let publishing: StoreTaskLoop<PublishOrders>

    init(
        _ settings: JobSettings, archive: FrameArchive, trusting caFile: String?,
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        let environment = ProcessInfo.processInfo.environment
        offloading = StoreTaskLoop(settings.offloading, tell: tell) {
            try await archive.offload(by: $0, trusting: caFile, environment: environment, at: .wallClock)
        }
        publishing = StoreTaskLoop(settings.publishing, tell: tell) {
            try await archive.publish(by: $0, trusting: caFile, environment: environment, at: .wallClock)
        }
    }

    func change(to settings: JobSettings) {
        offloading.change(to: settings.offloading)
        publishing.change(to: settings.publishing)
    }

    func observe(_ event: CaptureEvent) {
        offloading.observe(event)
        publishing.observe(event)
    }

    /// Works until a job has ended.
    func work<Value: Sendable>(beside job: @Sendable () async throws -> Value) async throws -> Value {
        try await offloading.work { try await publishing.work { try await job() } }
    }
}
