import Archive
import Care
import Catalog
import Foundation
import GRDB
import NIOCore
import Packs
import Storage
import Stores
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `A store of packs` {
    private let bench: PackBench

    init() throws { bench = try PackBench() }

    @Test func `that is away is named by a check, which finds nothing damaged`() async throws {
        try await bench.capture(Array(0..<5))
        try await bench.offload()
        try FileManager.default.moveItem(atPath: bench.packs, toPath: bench.folder("away"))
        let catalog = try bench.catalog()
        let report = try await catalog.verify()
        #expect(!report.isSound && report.isSoundHere)
        #expect(report.unread.count == 1)
        #expect(report.unread.first?.contains(bench.packs) == true, "\(report.unread)")
        #expect(report.framesChecked == 1)
        try catalog.close()
        try FileManager.default.moveItem(atPath: bench.folder("away"), toPath: bench.packs)
        #expect(try await bench.catalog().verify().isSound)
    }

    @Test func `that is away lets captures go on, and no offload begins in its place`() async throws {
        try await bench.capture(Array(0..<5))
        try await bench.offload()
        try FileManager.default.moveItem(atPath: bench.packs, toPath: bench.folder("away"))
        // What an unmounted NAS leaves: its mount point.
        try FileManager.default.createDirectory(atPath: bench.packs, withIntermediateDirectories: false)
        try await bench.capture(Array(10..<15), from: .start + .seconds(300))
        await #expect(throws: StoreError.self) { try await bench.offload() }
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.packs).isEmpty)
        let report = try await bench.catalog().verify()
        #expect(report.isSoundHere && report.framesChecked == 6, "\(report)")
    }

    @Test func `that answers wrong bytes is found out by a check, and a recall leaves them there`() async throws {
        let frames = try await bench.capture(Array(0..<5))
        try await bench.offload()
        try bench.damagePacks()
        let report = try await bench.catalog().verify()
        #expect(report.damaged.map(\.frame) == [frames[0].id], "\(report)")
        #expect(report.unread == [])
        let catalog = try bench.catalog()
        await #expect(throws: ArchiveError.self) { try await catalog.picture(of: frames[0]) }
        try catalog.close()

        let archive = try await bench.open()
        let recalled = try await archive.recall(RecallSelection(), from: bench.reader)
        try await archive.close()
        #expect(recalled.pictures == 3 && recalled.leftThere == 1)
        #expect(recalled.problems.first?.contains("frame \(frames[0].id)") == true)
    }

    @Test func `of which somebody removed a pack is told by the pack's name`() async throws {
        let frames = try await bench.capture(Array(0..<3))
        try await bench.offload()
        let pack = try #require(bench.packFiles.first)
        try FileManager.default.removeItem(atPath: pack)
        let catalog = try bench.catalog()
        let name = URL(filePath: pack).lastPathComponent
        await #expect {
            try await catalog.picture(of: frames[0])
        } throws: { error in
            "\(error)".contains(name)
        }
        #expect(try await catalog.verify().unread.first?.contains(name) == true)
        try catalog.close()
    }

    @Test func `in which a pack was cut short gives what lies before the cut, and a recall brings that`() async throws {
        let frames = try await bench.capture(Array(0..<60), padding: 3)
        try await bench.offload()
        let pack = try #require(bench.packFiles.first)
        let size = try #require(try FileManager.default.attributesOfItem(atPath: pack)[.size] as? Int)
        try #require(FileHandle(forWritingAtPath: pack)).truncate(atOffset: UInt64(size / 2))
        let name = URL(filePath: pack).lastPathComponent

        let catalog = try bench.catalog()
        let pictures = try await catalog.checkedPictures(of: frames)
        let isThere = pictures.map { if case .success = $0 { true } else { false } }
        #expect((20...40).contains(isThere.count { $0 }), "\(isThere)")
        // But for the newest, which stays here.
        #expect(isThere.dropLast() == (isThere.dropLast().sorted { $0 && !$1 })[...])
        let reasons = Set(pictures.compactMap { if case .failure(let error) = $0 { error.description } else { nil } })
        #expect(reasons.count == 1 && reasons.first?.contains(name) == true, "\(reasons)")
        let unread = try await catalog.verify().unread
        #expect(unread.count == 1, "\(unread)")
        try catalog.close()

        let archive = try await bench.open()
        let recalled = try await archive.recall(RecallSelection(), from: bench.reader)
        try await archive.close()
        #expect(recalled.pictures == isThere.count { $0 } - 1)
        #expect(recalled.leftThere == isThere.count { !$0 })
    }

    @Test func `that keeps other bytes than were written is given up, and every picture stays here`() async throws {
        try await bench.capture(Array(0..<5))
        let before = try await bench.pictures()
        let archive = try await bench.open()
        await #expect(throws: PackError.self) {
            try await archive.offload(
                OffloadRequest(olderThan: .seconds(60), keepFree: nil), to: FlippingStore(store: bench.store()),
                beside: openingStores, at: .monthLater)
        }
        try await archive.close()
        #expect(try await bench.pictures() == before)
        let catalog = try bench.catalog(reading: PackReader { _ throws(StoreError) in throw StoreError.cancelled })
        let report = try await catalog.verify()
        #expect(report.isSound, "\(report)")
        #expect(report.unfinishedPacks.count == 1)
        try catalog.close()
    }

    @Test func `is read in order by few requests, each block once`() async throws {
        let frames = try await bench.capture(Array(0..<80), padding: 3)
        try await bench.offload()
        let size = try bench.packFiles.reduce(0) {
            $0 + (try FileManager.default.attributesOfItem(atPath: $1)[.size] as? Int64 ?? 0)
        }
        let store = CountingStore(store: try bench.store())
        let catalog = try bench.catalog(reading: PackReader { _ in store })
        for frame in frames { _ = try await catalog.picture(of: frame) }
        #expect(store.bytes <= size)
        #expect(store.requests <= 10, "\(store.requests)")
        try catalog.close()
    }

    @Test func `is read by few requests where each pack is left before its end`() async throws {
        var wanted: [ArchivedFrame] = []
        for round in 0..<8 {
            let pictures = Array(round * 24..<(round + 1) * 24)
            wanted += try await bench.capture(pictures, from: .start + .seconds(86_400 * round), padding: 3).prefix(20)
            try await bench.offload()
        }
        #expect(bench.packFiles.count == 8)
        let store = CountingStore(store: try bench.store())
        let catalog = try bench.catalog(reading: PackReader(cache: ByteCount(1)) { _ in store })
        for frame in wanted { _ = try await catalog.picture(of: frame) }
        #expect(store.requests <= 8 * 4, "\(store.requests)")
        try catalog.close()
    }

    @Test func `has much of two cameras on its way while what came is worked on`() async throws {
        for (camera, pictures) in [("left", 0..<80), ("right", 80..<160)] {
            try await bench.capture(Array(pictures), camera: CameraName(camera), padding: 4)
        }
        try await bench.offload()
        let store = CountingStore(store: try bench.store())
        let catalog = try bench.catalog(reading: PackReader { _ in store })
        for frame in try await catalog.frames(FrameQuery(limit: 8)) {
            _ = try await catalog.picture(of: frame)
        }
        #expect(store.bytes > 2 * 15 << 20, "\(store.requests) \(store.bytes)")
        #expect(store.most <= 8 << 20, "\(store.most)")
        try catalog.close()
    }

    @Test func `is read once by a check of many cameras, whose frames were captured in turn`() async throws {
        for round in 0..<8 {
            for camera in 0..<24 {
                try await bench.capture(
                    [round * 100 + camera], camera: CameraName("camera \(camera)"),
                    from: .start + .seconds(60 * round), padding: 2)
            }
        }
        try await bench.offload()
        let size = try bench.packFiles.reduce(0) {
            $0 + (try FileManager.default.attributesOfItem(atPath: $1)[.size] as? Int64 ?? 0)
        }
        let store = CountingStore(store: try bench.store())
        // All packs together are more than is kept.
        let catalog = try bench.catalog(reading: PackReader(cache: ByteCount(1)) { _ in store })
        #expect(try await catalog.verify().isSound)
        #expect(store.bytes <= size, "\(store.bytes) of \(size)")
        try catalog.close()
    }

    @Test func `keeps what it was asked for within bounds`() async throws {
        let frames = try await bench.capture(Array(0..<100), padding: 4)
        try await bench.offload()
        let store = CountingStore(store: try bench.store())
        // 26 MB, of which 16 MiB are kept: the first ones are read again.
        let catalog = try bench.catalog(reading: PackReader(cache: ByteCount(1)) { _ in store })
        for _ in 0..<2 { for frame in frames.dropLast() { _ = try await catalog.picture(of: frame) } }
        #expect(store.bytes > 40 << 20, "\(store.requests) \(store.bytes)")
        try catalog.close()
    }
}

/// Another store's, of whose objects a bit comes wrong.
private struct FlippingStore: ObjectStore {
    let store: any ObjectStore
    var location: StoreLocation { store.location }

    func prepare() async throws(StoreError) { try await store.prepare() }
    func put(_ file: ObjectFile, as name: ObjectName) async throws(StoreError) -> PutOutcome {
        try await store.put(file, as: name)
    }
    func read(_ name: ObjectName, _ range: Range<Int64>) async throws(StoreError) -> ByteBuffer {
        var bytes = try await store.read(name, range)
        let first = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self) ?? 0
        bytes.setInteger(first ^ 1, at: bytes.readerIndex)
        return bytes
    }
    func size(of name: ObjectName) async throws(StoreError) -> Int64? { try await store.size(of: name) }
    func list(_ prefix: String) async throws(StoreError) -> [StoredObject] { try await store.list(prefix) }
    func remove(_ name: ObjectName) async throws(StoreError) { try await store.remove(name) }
}
