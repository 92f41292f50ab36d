import Capture
import Monitoring
import UnixSignals

/// What a job goes by: what it captures, who is told, and where its metrics and its gallery are.
struct JobSettings: Hashable, Sendable {
    var capture: CaptureSettings
    var eventHandlers: [EventHandler]
    var metrics: MetricsAddress?
    var gallery: GallerySetup?
    var timelapses = TimelapseOrders()
    var offloading: OffloadOrders?
    var publishing: PublishOrders?
}
