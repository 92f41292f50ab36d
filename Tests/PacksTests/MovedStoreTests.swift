import Archive
import Care
import Catalog
import Export
import Foundation
import Packs
import Storage
import Stores
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `A store that is somewhere else now` {
    private let bench: PackBench

    init() throws { bench = try PackBench() }

    private func move(to folder: String, from old: String? = nil) async throws -> MovedStoreReport {
        let archive = try await bench.open()
        let report: Result<MovedStoreReport, any Error>
        do { report = .success(try await archive.noteMove(of: old ?? bench.packs, to: bench.store(folder))) } catch {
            report = .failure(error)
        }
        try await archive.close()
        return try report.get()
    }

    @Test func `is read from there once its packs were found`() async throws {
        try await bench.capture(Array(0..<5))
        let before = try await bench.pictures()
        try await bench.offload()
        let new = bench.folder("elsewhere")
        try FileManager.default.moveItem(atPath: bench.packs, toPath: new)
        let report = try await move(to: new)
        #expect(report.packs == 1 && report.missing == [])
        #expect(try await bench.pictures() == before)
        // The next packs go there, too, beside the others.
        try await bench.capture(Array(10..<15), from: .start + .seconds(300))
        let archive = try await bench.open()
        let moved = try await archive.offload(
            OffloadRequest(olderThan: .seconds(60), keepFree: nil), to: bench.store(new), beside: openingStores,
            at: .monthLater)
        #expect(moved.pictures == 5 && !moved.isBesideAnother)
        try await archive.close()
        #expect(try await bench.catalog().verify().isSound)
    }

    @Test func `is not noted where a pack is missing or another`() async throws {
        try await bench.capture(Array(0..<5))
        try await bench.capture(Array(10..<15), camera: .other)
        try await bench.offload()
        let before = try await bench.pictures()
        let new = bench.folder("elsewhere")
        try FileManager.default.copyItem(atPath: bench.packs, toPath: new)
        let copied = bench.packFiles.map { new + $0.dropFirst(bench.packs.count) }
        try FileManager.default.removeItem(atPath: copied[0])
        #expect(try await move(to: new).missing.count == 1)
        try Data(contentsOf: URL(filePath: bench.packFiles[0])).write(to: URL(filePath: copied[0]))
        for file in copied {
            var bytes = try Data(contentsOf: URL(filePath: file))
            bytes[700] ^= 1
            try bytes.write(to: URL(filePath: file))
        }
        await #expect(throws: PackError.self) { try await move(to: new) }
        await #expect(throws: PackError.self) { try await move(to: new, from: "/mnt/nowhere") }
        #expect(try await bench.pictures() == before)
    }

    @Test func `of which a pack is gone gives the rest to an export, which says what it lacks`() async throws {
        try await bench.capture(Array(0..<8))
        try await bench.capture(Array(20..<24), camera: .other)
        try await bench.offload()
        let gone = try #require(bench.packFiles.first { $0.contains("printer") })
        try FileManager.default.removeItem(atPath: gone)
        let catalog = try bench.catalog()
        let result = try await Exporter(catalog: catalog).export(
            ExportRequest(frames: FrameQuery(), output: bench.folder("lapse.zip")))
        #expect(result.skipped.count == 7)
        let name = URL(filePath: gone).lastPathComponent
        #expect(result.skipped.allSatisfy { $0.reason.contains(name) }, "\(result.skipped)")
        #expect(result.frames == 5 && !result.isComplete)
        try catalog.close()
    }
}
