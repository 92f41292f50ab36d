import NIOCore
import Stores
import Synchronization

/// Another store's, which counts what is asked of it.
final class CountingStore: ObjectStore {
    private let store: any ObjectStore
    private let count = Mutex((requests: 0, bytes: Int64(0), most: Int64(0)))

    init(store: any ObjectStore) { self.store = store }

    var requests: Int { count.withLock { $0.requests } }
    var bytes: Int64 { count.withLock { $0.bytes } }
    /// The bytes of the largest request.
    var most: Int64 { count.withLock { $0.most } }

    var location: StoreLocation { store.location }
    func prepare() async throws(StoreError) { try await store.prepare() }
    func put(_ file: ObjectFile, as name: ObjectName) async throws(StoreError) -> PutOutcome {
        try await store.put(file, as: name)
    }
    func read(_ name: ObjectName, _ range: Range<Int64>) async throws(StoreError) -> ByteBuffer {
        count.withLock {
            $0.requests += 1
            $0.bytes += Int64(range.count)
            $0.most = max($0.most, Int64(range.count))
        }
        return try await store.read(name, range)
    }
    func size(of name: ObjectName) async throws(StoreError) -> Int64? { try await store.size(of: name) }
    func list(_ prefix: String) async throws(StoreError) -> [StoredObject] { try await store.list(prefix) }
    func remove(_ name: ObjectName) async throws(StoreError) { try await store.remove(name) }
}
