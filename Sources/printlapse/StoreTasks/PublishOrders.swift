import Archive
import Capture
import FoundationEssentials
import Machines
import Settings
import Storage
import Stores
import Vocabulary

/// What a job knows of a hub that is to be told of its archive.
struct PublishOrders: StoreOrders {
    static let task = StoreTask.publish

    let location: StoreLocation
    /// What people call this machine; `nil` for what it was called before, at first its host's name.
    let name: MachineName?
    let interval: Duration

    init(_ configured: JobConfiguration.Publishing) {
        (location, name, interval) = (configured.location, configured.name, configured.interval)
    }

    func isUrgent(after event: CaptureEvent) -> Bool { false }
}

extension FrameArchive {
    /// Tells what is new in the archive. It is done in the right that others have to wait for who publish or follow by hand, and that
    /// right is let go of in between.
    ///
    /// - Returns: what was done, in sentences.
    func publish(
        by orders: PublishOrders, trusting caFile: String?, environment: [String: String], at now: Timestamp
    ) async throws -> [String] {
        let store = try orders.location.open(in: environment, trusting: caFile)
        let report = try await inRole(.sharing, as: "printlapse capture") {
            try await publish(
                to: store, as: orders.name, host: ProcessInfo.processInfo.hostName, at: now,
                program: "printlapse \(Printlapse.version)")
        }
        return report.segments == 0
            ? [] : ["\(report.records.counted("record")) published to \(orders.location.description.printable)."]
    }
}
