import Capture
import Stores

/// What a job has to do with a store beside its cameras, as the configuration says.
protocol StoreOrders: Hashable, Sendable {
    static var task: StoreTask { get }
    var location: StoreLocation { get }
    /// How often.
    var interval: Duration { get }
    /// Whether what happened wants it done sooner.
    func isUrgent(after event: CaptureEvent) -> Bool
}
