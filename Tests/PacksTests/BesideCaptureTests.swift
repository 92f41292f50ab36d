import Archive
import Care
import Catalog
import NIOCore
import Packs
import Storage
import Stores
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(2))) struct `Offloading by the capture that has the archive open` {
    private let bench: PackBench

    init() throws { bench = try PackBench() }

    @Test func `keeps neither frames nor pruning waiting while a pack is on its way`() async throws {
        try await bench.capture(Array(0..<10))
        let archive = try await bench.open(.capture)
        let store = GatedStore(store: try bench.store())
        let request = try OffloadRequest(olderThan: .seconds(3600), keepFree: nil)
        async let offloaded = archive.offload(request, to: store, beside: openingStores, at: .monthLater)
        try await store.isAsked()

        let instant = Timestamp.start + .seconds(600)
        let frame = try await archive.store(
            PackBench.picture(50, camera: .printer, at: instant),
            for: Slot(due: instant, interval: .seconds(60)), received: .zero)
        #expect(frame.id.number == 11)
        let pruned = try await archive.prune(RetentionPolicy(maximumAge: .seconds(86_400)), at: .monthLater)
        #expect(pruned.frames == 10)
        // Packs are one's at a time.
        let other = try await bench.open()
        await #expect {
            try await other.offload(request, to: bench.store(), beside: openingStores, at: .monthLater)
        } throws: { error in
            if case ArchiveError.inUse = error { true } else { false }
        }
        try await other.close()

        store.open()
        // All of them went meanwhile: the pack has nothing that anybody needs.
        #expect(try await offloaded.pictures == 0)
        #expect(try await archive.cleanPacks(at: .monthLater) { _ in store }.removed.count == 1)
        try await archive.close()
        let report = try await bench.catalog().verify()
        #expect(report.damaged.isEmpty && report.framesChecked == 1, "\(report)")
    }

    @Test func `moves what somebody made smaller while its pack was on its way`() async throws {
        try await bench.capture(Array(0..<10))
        let before = try await bench.pictures()
        // As by hand.
        let archive = try await bench.open(.edit)
        let store = GatedStore(store: try bench.store())
        let request = try OffloadRequest(olderThan: .seconds(3600), keepFree: nil)
        async let offloaded = archive.offload(request, to: store, beside: openingStores, at: .monthLater)
        try await store.isAsked()
        let other = try await bench.open()
        #expect(try await other.compact().shrunk == 10)
        try await other.close()
        store.open()
        #expect(try await offloaded.pictures == 9)
        try await archive.close()
        #expect(try await bench.pictures().keys.sorted() == before.keys.sorted())
        let report = try await bench.catalog().verify()
        #expect(report.isSound && report.framesChecked == 10, "\(report)")
    }

    @Test func `lets pictures wait for a day until they fill a pack`() async throws {
        try await bench.capture(Array(0..<10))
        let archive = try await bench.open(.capture)
        let request = try OffloadRequest(olderThan: .seconds(3600), keepFree: nil, waiting: .seconds(86_400))
        // The first was captured ten minutes before the last, and both are old enough.
        let soon = try await archive.offload(
            request, to: bench.store(), beside: openingStores, at: .start + .seconds(2 * 3600))
        #expect(soon.pictures == 0)
        let later = try await archive.offload(
            request, to: bench.store(), beside: openingStores, at: .start + .seconds(26 * 3600))
        #expect(later.pictures == 9 && later.packs == 1)
        try await archive.close()
    }
}

/// Another's, which takes a pack only when it is told to.
private final class GatedStore: ObjectStore {
    private let store: any ObjectStore
    private let asked = Mutex(false)
    private let gate = AsyncStream<Void>.makeStream()

    init(store: any ObjectStore) { self.store = store }

    func isAsked() async throws { try await wait(for: "the pack") { self.asked.withLock(\.self) } }
    func open() { gate.continuation.finish() }

    var location: StoreLocation { store.location }
    func prepare() async throws(StoreError) { try await store.prepare() }
    func put(_ file: ObjectFile, as name: ObjectName) async throws(StoreError) -> PutOutcome {
        asked.withLock { $0 = true }
        for await _ in gate.stream {}
        return try await store.put(file, as: name)
    }
    func read(_ name: ObjectName, _ range: Range<Int64>) async throws(StoreError) -> ByteBuffer {
        try await store.read(name, range)
    }
    func size(of name: ObjectName) async throws(StoreError) -> Int64? { try await store.size(of: name) }
    func list(_ prefix: String) async throws(StoreError) -> [StoredObject] { try await store.list(prefix) }
    func remove(_ name: ObjectName) async throws(StoreError) { try await store.remove(name) }
}
