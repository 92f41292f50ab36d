import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `Frames that are ready together` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Keeps the writer busy until `release` is called, so that whatever is stored meanwhile has to wait in line.
    private func hold(_ archive: FrameArchive) -> (held: Task<Void, any Error>, release: @Sendable () -> Void) {
        let gate = DispatchSemaphore(value: 0)
        let held = Task {
            try await archive.changes.commit { _ in gate.wait() }
        }
        return (held, { gate.signal() })
    }

    @Test func `share one transaction`() async throws {
        let archive = try await folder.open()
        let (held, release) = hold(archive)
        try await archive.waitUntilCommitting()
        let stores = (1...40).map { number in Task { try await archive.store(number) } }
        try await archive.waitUntilWaiting(40)
        let before = archive.commits
        release()
        try await held.value
        var ids: Set<FrameID> = []
        for store in stores { ids.insert(try await store.value.id) }
        #expect(ids.count == 40)
        #expect(archive.commits == before + 2)
        try await archive.close()
    }

    @Test func `do not fail because one of them does`() async throws {
        let archive = try await folder.open()
        let (held, release) = hold(archive)
        try await archive.waitUntilCommitting()
        let first = Task { try await archive.store(1) }
        let failing = Task {
            try await archive.changes.commit { database in
                try database.execute(sql: "INSERT INTO camera (name) VALUES ('left behind')")
                try database.execute(sql: "INSERT INTO camera (name) VALUES ('left behind')")
            }
        }
        let last = Task { try await archive.store(2) }
        try await archive.waitUntilWaiting(3)
        release()
        try await held.value
        _ = try await (first.value, last.value)
        let error = await #expect(throws: ArchiveError.self) { try await failing.value }
        #expect(error?.label == "damaged")
        let cameras = try await archive.pool.read { try String.fetchAll($0, sql: "SELECT name FROM camera") }
        #expect(cameras == ["printer"])
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `take a transaction each where they come one by one`() async throws {
        let archive = try await folder.open()
        for number in 1...3 { try await archive.store(number) }
        #expect(archive.commits == 3)
        try await archive.close()
    }
}

extension FrameArchive {
    /// Until the writer is at work.
    func waitUntilCommitting() async throws {
        try await wait(for: "the writer to be at work", looking: .zero) { changes.isCommitting }
        try await waitUntilWaiting(0)
    }

    /// Until so many changes stand in line.
    func waitUntilWaiting(_ count: Int) async throws {
        try await wait(for: "\(count) changes in line", looking: .zero) { changes.waiting == count }
    }
}
