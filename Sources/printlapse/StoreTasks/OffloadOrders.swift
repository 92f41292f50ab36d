import Archive
import Capture
import Packs
import Settings
import Storage
import Stores
import Vocabulary

/// What a job knows of older pictures that are to go elsewhere.
struct OffloadOrders: StoreOrders {
    static let task = StoreTask.offload

    let location: StoreLocation
    let olderThan: Duration?
    let keepFree: ByteCount?
    /// The most that goes there, and comes from there, in a second.
    let bandwidth: ByteCount?
    /// Whether packs that nothing needs are removed.
    let cleans: Bool

    init(_ configured: JobConfiguration.Offloading) {
        (location, olderThan, keepFree) = (configured.location, configured.olderThan, configured.keepFree)
        (bandwidth, cleans) = (configured.bandwidth, configured.cleans)
    }

    var interval: Duration { .seconds(3600) }

    func isUrgent(after event: CaptureEvent) -> Bool {
        guard case .disk(let free) = event, let keepFree else { return false }
        return free < keepFree
    }

    /// Pictures wait for a day to fill a pack: an hour's would make small ones.
    var request: OffloadRequest {
        get throws { try OffloadRequest(olderThan: olderThan, keepFree: keepFree, waiting: .seconds(86_400)) }
    }
}

extension FrameArchive {
    /// Moves what is due to a store, and has packs go that nothing needs where that is wanted.
    ///
    /// - Returns: what was done, in sentences.
    func offload(
        by orders: OffloadOrders, trusting caFile: String?, environment: [String: String], at now: Timestamp
    ) async throws -> [String] {
        let open: StoreOpening = { location throws(StoreError) in
            try StoreLocation(location).open(in: environment, trusting: caFile, atMost: orders.bandwidth)
        }
        let store = orders.location.description
        let report = try await offload(orders.request, to: open(store), beside: open, at: now)
        if orders.cleans, let failure = try await cleanPacks(at: now, open: open).failure { throw failure }
        var done: [String] = []
        if report.isBesideAnother {
            done.append(
                "Another copy of this archive writes to \(store.printable): this one goes on in a folder of its own there."
            )
        }
        if report.pictures > 0 {
            done.append("\(report.pictures.counted("picture")) moved to \(store.printable), \(report.bytes).")
        }
        return done
    }
}
