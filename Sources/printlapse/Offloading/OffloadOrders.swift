import Packs
import Settings
import Stores
import Vocabulary

/// What a job knows of older pictures that are to go elsewhere.
struct OffloadOrders: Hashable, Sendable {
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

    /// Pictures wait for a day to fill a pack: an hour's would make small ones.
    var request: OffloadRequest {
        get throws { try OffloadRequest(olderThan: olderThan, keepFree: keepFree, waiting: .seconds(86_400)) }
    }
}
