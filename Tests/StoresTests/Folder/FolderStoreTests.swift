import Foundation
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Stores

@Suite struct `A store in a folder` {
    private let folder: TemporaryFolder
    private let source: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        source = try TemporaryFolder()
    }

    private func store() async throws -> FolderStore {
        let store = FolderStore(at: folder.path)
        try await store.prepare()
        return store
    }

    @Test func `keeps every store's promises`() async throws {
        try await expectPromisesKept(by: FolderStore(at: folder.path))
    }

    @Test func `has one object of many writers`() async throws {
        try await expectOneOfManyWriters(to: try await store())
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder("contended")) == [])
    }

    @Test func `is never made where nothing is mounted`() async throws {
        let away = FolderStore(at: folder("nas"))
        let file = try source.object("one", bytes: 10)
        #expect(await storeError { try await away.prepare() } == .noFolder(away.location))
        #expect(await storeError { try await away.put(file, as: "one") } == .noFolder(away.location))
        #expect(await storeError { try await away.list("") } == .noFolder(away.location))
        #expect(folder.names == [])
    }

    @Test func `is none without its marker, so that a mount point is not filled`() async throws {
        let file = try source.object("one", bytes: 10)
        let store = FolderStore(at: folder.path)
        for error in [
            await storeError { try await store.put(file, as: "one") },
            await storeError { try await store.read("one", 0..<1) },
            await storeError { try await store.size(of: "one") },
            await storeError { try await store.list("") },
            await storeError { try await store.remove("one") },
        ] {
            #expect(error == .notPrepared(store.location))
        }
        #expect(folder.names == [])
        try await store.prepare()
        try await store.prepare()
        #expect(try await store.put(file, as: "one") == .written)
        #expect(folder.names == ["one", FolderStore.marker])
        #expect(try await store.list("").map(\.name) == ["one"])
    }

    @Test func `says that it is full, and keeps nothing of what had no room`() async throws {
        try #require(SmallDisk.isPossible)
        let disk = try SmallDisk(kilobytes: 256)
        let store = FolderStore(at: disk.path)
        try await store.prepare()
        let small = try source.object("small", bytes: 50_000)
        let large = try source.object("large", bytes: 500_000)
        #expect(await storeError { try await store.put(large, as: "large") } == .full(store.location))
        #expect(try await store.list("") == [])
        #expect(try await store.put(small, as: "small") == .written)
    }

    @Test func `lists and reads no links, and nothing that is no object`() async throws {
        let store = try await store()
        let file = try source.object("one", bytes: 10)
        #expect(try await store.put(file, as: "a/one") == .written)
        try folder.write("foreign", to: ".hidden")
        try folder.write("foreign", to: "with space")
        try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: source.path)
        try FileManager.default.createSymbolicLink(atPath: folder("round"), withDestinationPath: folder.path)
        #expect(try await store.list("").map(\.name) == ["a/one"])
        #expect(await storeError { try await store.read("link/one", 0..<1) } != nil)
    }

    @Test func `is cleared of what killed writers left long ago, and of nothing that is being written`() async throws {
        let store = try await store()
        try folder.write("torn", to: ".partial-1-one")
        #expect(try await store.put(source.object("one", bytes: 10), as: "one") == .written)
        #expect(folder.names == [".partial-1-one", "one", FolderStore.marker])
        try await Task.sleep(for: .milliseconds(50))
        var patience = FolderStore.Patience()
        patience.others = .milliseconds(20)
        let later = FolderStore(at: folder.path, patience: patience)
        #expect(try await later.put(source.object("two", bytes: 10), as: "two") == .written)
        #expect(folder.names == ["one", FolderStore.marker, "two"])
    }

    @Test func `does not keep anybody waiting for a server that is away`() async throws {
        let calls = BlockingCalls()
        let isFree = DispatchSemaphore(value: 0)
        let start = ContinuousClock.now
        let outcome = await calls.run(within: .milliseconds(50)) { isFree.wait() }
        guard case .late = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(.now - start < .seconds(10))
        isFree.signal()
        guard case .done(3) = await calls.run(within: .seconds(60), { 3 }) else {
            Issue.record("no answer")
            return
        }
    }

    @Test(arguments: [
        (EIO, "store_failing"), (ESTALE, "store_failing"), (EHOSTDOWN, "store_failing"), (ENOSPC, "store_full"),
        (EDQUOT, "store_full"), (EROFS, "store_system"), (EACCES, "store_system"),
    ])
    func `names what its disk or server says`(code: CInt, label: String) throws {
        let error = StoreFolder.error("write one", code, of: try StoreLocation("/mnt/nas"))
        #expect(error.label == label)
        #expect(error.description.contains("/mnt/nas"))
    }
}
