internal import NIOCore
internal import Synchronization
internal import Vocabulary

/// A store of which no more than so many bytes a second are read, by all readers together. That it is written to as slowly is its own
/// affair: it knows when bytes leave.
final class PacedStore: ObjectStore {
    private let store: any ObjectStore
    private let pace: Mutex<Pace>
    private let piece: Int64

    init(_ store: any ObjectStore, atMost rate: ByteCount) {
        self.store = store
        let pace = Pace(rate)
        piece = Int64(pace.piece)
        self.pace = Mutex(pace)
    }

    var location: StoreLocation { store.location }

    func read(_ name: ObjectName, _ range: Range<Int64>) async throws(StoreError) -> ByteBuffer {
        var bytes = ByteBuffer()
        var start = range.lowerBound
        while start < range.upperBound {
            let part = start..<min(range.upperBound, start + piece)
            let pause = pace.withLock { $0.pause(before: part.count, at: .now) }
            do { try await Task.sleep(for: pause) } catch { throw .cancelled }
            bytes.writeImmutableBuffer(try await store.read(name, part))
            start = part.upperBound
        }
        return bytes
    }

    func prepare() async throws(StoreError) { try await store.prepare() }
    func put(_ file: ObjectFile, as name: ObjectName) async throws(StoreError) -> PutOutcome {
        try await store.put(file, as: name)
    }
    func size(of name: ObjectName) async throws(StoreError) -> Int64? { try await store.size(of: name) }
    func list(_ prefix: String) async throws(StoreError) -> [StoredObject] { try await store.list(prefix) }
    func remove(_ name: ObjectName) async throws(StoreError) { try await store.remove(name) }
    func sharesRoom(with path: String) async throws(StoreError) -> Bool { try await store.sharesRoom(with: path) }
}
