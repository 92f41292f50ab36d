import Foundation
import GRDB
import NIOCore
import TestSupport
import Testing
import Validation
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `The quarantine` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func reject(_ body: ByteBuffer, at second: Int, _ archive: FrameArchive) async throws {
        let origin = SnapshotOrigin(
            camera: .printer, source: .webcamAPI, receivedAt: .start + .seconds(second))
        let snapshot = Snapshot(bytes: body, origin: origin)
        do {
            _ = try FrameValidator().validate(snapshot)
            Issue.record("the body is no picture")
        } catch {
            try await archive.quarantine(snapshot, error)
        }
    }

    @Test func `keeps the body and its verdict`() async throws {
        let archive = try await folder.open()
        try await reject(ByteBuffer(string: "<html>"), at: 1, archive)
        let row = try #require(
            try archive.pool.read { try Row.fetchOne($0, sql: "SELECT * FROM quarantine") })
        #expect(row["body"] == Data("<html>".utf8))
        #expect(row["bytes"] == 6)
        #expect(row["received_at"] == (Timestamp.start + .seconds(1)).milliseconds)
        #expect((row["label"] as String).isEmpty == false)
        try await archive.close()
    }

    @Test func `keeps the newest 64 bodies`() async throws {
        let archive = try await folder.open()
        for number in 0..<70 { try await reject(ByteBuffer(string: "body \(number)"), at: number, archive) }
        let bodies = try await archive.pool.read {
            try Data.fetchAll($0, sql: "SELECT body FROM quarantine ORDER BY id")
        }
        #expect(bodies.count == 64)
        #expect(bodies.first == Data("body 6".utf8))
        try await archive.close()
    }

    @Test func `keeps at most 64 MiB`() async throws {
        let archive = try await folder.open()
        for number in 0..<3 {
            try await reject(ByteBuffer(repeating: UInt8(number), count: 30 << 20), at: number, archive)
        }
        let ids = try await archive.pool.read { try Int.fetchAll($0, sql: "SELECT id FROM quarantine ORDER BY id") }
        #expect(ids == [2, 3])
        try await archive.close()
    }

    @Test func `keeps the verdict alone of a body that is larger than all of it`() async throws {
        let archive = try await folder.open()
        try await reject(ByteBuffer(repeating: 0, count: 65 << 20), at: 0, archive)
        let row = try #require(
            try archive.pool.read { try Row.fetchOne($0, sql: "SELECT bytes, length(body) FROM quarantine") })
        #expect(row[0] == 65 << 20)
        #expect(row[1] == 0)
        try await archive.close()
    }
}
