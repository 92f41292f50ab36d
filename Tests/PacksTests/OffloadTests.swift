import Archive
import Care
import Catalog
import Export
import Foundation
import GRDB
import NIOCore
import Packs
import Storage
import Stores
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `Offloading` {
    private let bench: PackBench

    init() throws { bench = try PackBench() }

    @Test func `moves old pictures, which are read as before, and the file shrinks`() async throws {
        try await bench.capture(Array(0..<20), padding: 2)
        try await bench.capture(Array(50..<60), camera: .other)
        let before = try await bench.pictures()
        let size = try bench.fileSize
        let report = try await bench.offload()
        // Each camera's newest stays.
        #expect(report.pictures == 28)
        #expect(report.packs == 2)
        #expect(try bench.fileSize < size / 2)
        #expect(try await bench.pictures() == before)
        let catalog = try bench.catalog()
        let verified = try await catalog.verify()
        #expect(verified.isSound, "\(verified)")
        #expect(verified.framesChecked == 30)
        let statistics = try await catalog.statistics()
        #expect(statistics.offloadedPictures == 28)
        #expect(statistics.offloadedBytes == report.bytes)
        #expect(statistics.storedBytes == statistics.bytes)
        try catalog.close()
        #expect(!FileManager.default.fileExists(atPath: bench.path + "-pack"))
        // A second time there is nothing to do.
        #expect(try await bench.offload().pictures == 0)
    }

    @Test func `leaves young pictures, and old ones that a young frame shows`() async throws {
        // A, B, C, A and the newest.
        let frames = try await bench.capture([1, 2, 3, 1, 4])
        let age = Timestamp.monthLater.milliseconds - frames[3].capturedAt.milliseconds
        let report = try await bench.offload(olderThan: .milliseconds(age))
        #expect(report.pictures == 2)
        #expect(try await here() == [frames[0].sha256, frames[4].sha256])
        #expect(try await bench.offload().pictures == 1)
        #expect(try await here() == [frames[4].sha256])
    }

    @Test func `tells what would go, and moves nothing`() async throws {
        try await bench.capture(Array(0..<10))
        let catalog = try bench.catalog()
        let plan = try await catalog.offloadPlan(
            OffloadRequest(olderThan: .seconds(3600), keepFree: nil), to: StoreLocation(bench.packs), at: .monthLater)
        #expect(plan.isDryRun && plan.pictures == 9 && plan.packs == 1)
        #expect(bench.packFiles.isEmpty)
        try catalog.close()
        let done = try await bench.offload()
        #expect(done.pictures == plan.pictures && done.bytes == plan.bytes)
    }

    @Test func `makes room, the oldest first, and leaves the newest day`() async throws {
        try await bench.capture(Array(0..<5))
        try await bench.capture(Array(10..<15), from: .monthLater - .seconds(3600))
        let archive = try await bench.open()
        let report = try await archive.offload(
            OffloadRequest(olderThan: nil, keepFree: ByteCount(1 << 50)), to: bench.store(), beside: openingStores,
            at: .monthLater)
        try await archive.close()
        #expect(report.pictures == 5)
        #expect(report.shortfall > .zero)
        #expect(try await here().count == 5)
    }

    @Test func `is refused by name by whoever does not read packs`() async throws {
        let frame = try await bench.capture([1, 2])[0]
        try await bench.offload()
        let catalog = try Catalog.open(at: bench.path)
        await #expect(throws: ArchiveError.offloaded(path: catalog.path, store: bench.packs)) {
            try await catalog.picture(of: frame)
        }
        try catalog.close()
        let archive = try await bench.open(.capture)
        #expect(throws: ArchiveError.offloaded(path: archive.path, store: bench.packs)) {
            try archive.picture(of: frame.id)
        }
        try await archive.close()
        #expect(throws: ArchiveError.offloaded(path: catalog.path, store: bench.packs)) {
            try MergeSource(at: bench.path)
        }
    }

    @Test func `ends where a picture comes back: it is here again`() async throws {
        let frames = try await bench.capture([1, 2, 3])
        try await bench.offload()
        #expect(try await here() == [frames[2].sha256])
        let again = try await bench.capture([1], from: .start + .seconds(180))[0]
        #expect(again.sha256 == frames[0].sha256)
        #expect(try await Set(here()) == [frames[0].sha256, frames[2].sha256])
        // A capture that starts anew compares with it.
        let archive = try await bench.open(.capture)
        #expect(try archive.picture(of: again.id).readableBytes == Int(again.bytes.bytes))
        try await archive.close()
        let report = try await bench.catalog().verify()
        #expect(report.isSound, "\(report)")
        #expect(try await live() == [1])
    }

    @Test func `gives new pictures numbers that no picture in a pack has`() async throws {
        try await bench.capture([1, 2, 3, 4])
        try await bench.offload()
        let archive = try await bench.open()
        // The newest frame goes, and with it the highest number here.
        try await archive.commit { database in try database.execute(sql: "DELETE FROM frame WHERE id = 4") }
        try await archive.close()
        try await bench.capture([5, 6], from: .start + .seconds(240))
        let report = try await bench.catalog().verify()
        #expect(report.isSound, "\(report)")
        #expect(report.framesChecked == 5)
    }

    @Test func `lets an export give the same, picture by picture`() async throws {
        try await bench.capture(Array(0..<30), padding: 1)
        func export(_ name: String) async throws -> Data {
            let catalog = try bench.catalog()
            let request = ExportRequest(frames: FrameQuery(), output: bench.folder(name + "/lapse.zip"))
            try FileManager.default.createDirectory(atPath: bench.folder(name), withIntermediateDirectories: false)
            let result = try await Exporter(catalog: catalog).export(request)
            #expect(result.frames == 30)
            #expect(result.skipped.isEmpty)
            try catalog.close()
            return try Data(contentsOf: URL(filePath: request.output))
        }
        let before = try await export("before")
        try await bench.offload()
        let after = try await export("after")
        // The manifest names the time of the export.
        #expect(before.count == after.count)
        #expect(before.prefix(before.count * 9 / 10) == after.prefix(after.count * 9 / 10))
    }

    @Test func `lets no export leave out what a store that is away does not give`() async throws {
        try await bench.capture(Array(0..<5))
        try await bench.offload()
        try FileManager.default.moveItem(atPath: bench.packs, toPath: bench.folder("away"))
        let catalog = try bench.catalog()
        let request = ExportRequest(frames: FrameQuery(), output: bench.folder("lapse.zip"))
        await #expect {
            try await Exporter(catalog: catalog).export(request)
        } throws: { error in
            "\(error)".contains(bench.packs)
        }
        #expect(!FileManager.default.fileExists(atPath: request.output))
        // What is known stays known, and what is here is read.
        let frames = try await catalog.frames(FrameQuery())
        #expect(frames.count == 5)
        #expect(try await catalog.picture(of: frames[4]).readableBytes > 0)
        try catalog.close()
    }

    private func here() async throws -> [SHA256Digest] {
        let archive = try await bench.open(.edit)
        let digests = try await archive.pool.read { database in
            try Row.fetchAll(database, sql: "SELECT sha256 FROM picture_content ORDER BY id").map { row in
                try row.sha256(at: 0)
            }
        }
        try await archive.close()
        return digests
    }

    private func live() async throws -> [Int] {
        let archive = try await bench.open(.edit)
        let live = try await archive.pool.read {
            try Int.fetchAll($0, sql: "SELECT live_pictures FROM pack ORDER BY id")
        }
        try await archive.close()
        return live
    }
}
