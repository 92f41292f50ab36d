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

@Suite(.timeLimit(.minutes(3))) struct `Packs that are mostly dead` {
    private let bench: PackBench

    init() throws { bench = try PackBench() }

    private func clean(_ store: any ObjectStore) async throws -> CleaningReport {
        let archive = try await bench.open()
        let report: Result<CleaningReport, any Error>
        do { report = .success(try await archive.cleanPacks(at: .monthLater) { _ in store }) } catch {
            report = .failure(error)
        }
        try await archive.close()
        return try report.get()
    }

    /// Three packs of one camera, of which so many pictures each are left.
    private func leave(_ count: Int, of all: Int = 20) async throws {
        for pack in 0..<3 {
            try await bench.capture(
                Array(pack * all..<(pack + 1) * all), from: .start + .seconds(60 * pack * all), padding: 2)
            try await bench.offload(at: .monthLater + .seconds(pack))
        }
        try await remove(beyond: count, of: all)
    }

    private func remove(beyond count: Int, of all: Int) async throws {
        let archive = try await bench.open()
        // As a policy of retention has them go.
        try await archive.commit { database in
            for pack in 0..<3 {
                try database.execute(
                    sql: "DELETE FROM frame WHERE id BETWEEN ? AND ?",
                    arguments: [pack * all + count + 1, (pack + 1) * all])
            }
        }
        try await archive.close()
    }

    @Test func `give what is needed of them to one new pack, and go`() async throws {
        try await leave(5)
        let before = try await bench.pictures()
        #expect(bench.packFiles.count == 3)
        let report = try await clean(bench.store())
        #expect(report.rewritten == 15, "\(report)")
        #expect(report.removed.count == 3)
        #expect(bench.packFiles.count == 1)
        #expect(try await bench.pictures() == before)
        // As every pack, it says what is in it.
        let list = try tool("unzip", "-l", bench.packFiles[0])
        #expect(list.status == 0 && list.text.contains("16 files"), "\(list.text)")
        #expect(try await clean(bench.store()).rewritten == 0)
    }

    @Test func `stay where a third of them and more is needed`() async throws {
        try await leave(8)
        let report = try await clean(bench.store())
        #expect(report.rewritten == 0 && report.removed == [])
    }

    @Test func `stay where the new one is not what was written, and nothing is lost`() async throws {
        try await leave(5)
        let before = try await bench.pictures()
        await #expect(throws: (any Error).self) { try await clean(CorruptingStore(store: bench.store())) }
        #expect(bench.packFiles.count == 3)
        #expect(try await bench.pictures() == before)
        // The next one removes what was left of it.
        #expect(try await clean(bench.store()).rewritten == 15)
        #expect(try await bench.pictures() == before)
    }
}

/// Another store's, which keeps other bytes than it was given.
private struct CorruptingStore: ObjectStore {
    let store: any ObjectStore
    var location: StoreLocation { store.location }

    func prepare() async throws(StoreError) { try await store.prepare() }
    func put(_ file: ObjectFile, as name: ObjectName) async throws(StoreError) -> PutOutcome {
        let outcome = try await store.put(file, as: name)
        guard let handle = FileHandle(forUpdatingAtPath: "\(store.location)/\(name)") else { return outcome }
        handle.seek(toFileOffset: 700)
        handle.write(Data([0, 1, 2, 3, 4, 5]))
        return outcome
    }
    func read(_ name: ObjectName, _ range: Range<Int64>) async throws(StoreError) -> ByteBuffer {
        try await store.read(name, range)
    }
    func size(of name: ObjectName) async throws(StoreError) -> Int64? { try await store.size(of: name) }
    func list(_ prefix: String) async throws(StoreError) -> [StoredObject] { try await store.list(prefix) }
    func remove(_ name: ObjectName) async throws(StoreError) { try await store.remove(name) }
}
