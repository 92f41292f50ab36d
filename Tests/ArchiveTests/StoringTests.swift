import Deduplication
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

@Suite struct `Storing a frame` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func pictures(_ archive: FrameArchive) async throws -> [Int] {
        try await archive.pool.read {
            try Int.fetchAll($0, sql: "SELECT reference_count FROM picture ORDER BY reference_count")
        }
    }

    @Test func `gives its record, as it stands in the archive`() async throws {
        let archive = try await folder.open()
        let frame = try await archive.store(1, print: 42)
        #expect(frame.id == FrameID(1))
        #expect(frame.capturedAt == Slot.number(1).due + .milliseconds(500))
        #expect(frame.takenAt == Slot.number(1).due - .seconds(1))
        #expect(frame.size == PixelSize(width: 64, height: 48))
        #expect(frame.seen == 1)
        #expect(try await archive.pool.read { try FrameTable.frame(frame.id, in: $0) } == frame)
        try await archive.close()
    }

    @Test func `keeps the picture byte for byte`() async throws {
        let archive = try await folder.open()
        let novel = try NovelFrame.numbered(1, for: .number(1))
        let frame = try await archive.store(novel, for: .number(1), received: .zero)
        #expect(try archive.picture(of: frame.id) == novel.frame.bytes)
        #expect(throws: ArchiveError.noSuchFrame(FrameID(99))) { try archive.picture(of: FrameID(99)) }
        try await archive.close()
    }

    @Test func `stores the bytes of a picture that comes back once`() async throws {
        let archive = try await folder.open()
        for (slot, picture) in [1, 2, 1].enumerated() { try await archive.store(picture, slot: slot) }
        #expect(try await pictures(archive) == [1, 2])
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `makes one frame of the same bytes at the same time, across a restart too`() async throws {
        var archive = try await folder.open()
        let first = try await archive.store(1)
        #expect(try await archive.store(1) == first)
        try await archive.close()
        archive = try await folder.open()
        #expect(try await archive.store(1) == first)
        #expect(try await pictures(archive) == [1])
        #expect(try archive.lastRun(of: .printer)?.slots == 1)
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `tells cameras apart that show the same at the same time`() async throws {
        let archive = try await folder.open()
        let frames = [try await archive.store(1), try await archive.store(1, camera: .other)]
        #expect(frames[0].id != frames[1].id)
        #expect(try await pictures(archive) == [2])
        try await archive.close()
    }

    @Test func `files it under its print`() async throws {
        let archive = try await folder.open()
        let prints = [
            try await archive.store(1, print: 7).print, try await archive.store(2, print: 7).print,
            try await archive.store(3, print: 8).print, try await archive.store(4, camera: .other, print: 7).print,
            try await archive.store(5).print,
        ]
        #expect(prints[0] == prints[1])
        #expect(Set(prints.prefix(4)).count == 3)
        #expect(prints[4] == nil)
        try await archive.close()
    }

    @Test func `keeps it even where the ledger has an outcome for the slot already`() async throws {
        let archive = try await folder.open()
        try await archive.record(
            .timeout, detail: nil, for: .number(5), camera: .printer, received: .zero, seen: nil)
        let frame = try await archive.store(5)
        #expect(try archive.lastRun(of: .printer)?.outcome == .timeout)
        #expect(try archive.picture(of: frame.id).readableBytes > 0)
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `never uses a number twice, even after the newest frame is gone`() async throws {
        let archive = try await folder.open()
        for number in 1...3 { try await archive.store(number) }
        try await archive.pool.write { try $0.execute(sql: "DELETE FROM frame WHERE id = 3") }
        #expect(try await archive.store(4).id == FrameID(4))
        #expect(try await pictures(archive).count == 3)
        try await archive.close()
    }

    @Test func `is told as the camera's last kept frame`() async throws {
        let archive = try await folder.open()
        #expect(try archive.lastKept(of: .printer) == nil)
        try await archive.store(1)
        let last = try await archive.store(2)
        try await archive.store(3, camera: .other)
        let kept = try #require(try archive.lastKept(of: .printer))
        #expect(kept.frame == last.id)
        #expect(kept.sha256 == last.sha256)
        #expect(kept.capturedAt == last.capturedAt)
        try await archive.close()
    }

    @Test func `is refused by the schema without its picture`() async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        await #expect(throws: DatabaseError.self) {
            try await archive.pool.write {
                try $0.execute(
                    sql: """
                        INSERT INTO frame SELECT 9, camera_id, captured_at, taken_at, NULL, last_seen_at, seen, width, height,
                            bytes, zeroblob(32), perceptual_hash, print_id, variant, source, excluded, pinned FROM frame
                        """)
            }
        }
        await #expect(throws: DatabaseError.self) {
            try await archive.pool.write { try $0.execute(sql: "DELETE FROM picture") }
        }
        try await archive.close()
    }
}
