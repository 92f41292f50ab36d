import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `The slot ledger` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func runs(_ archive: FrameArchive) async throws -> [LedgerRun] {
        try await archive.pool.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(LedgerTable.columns) FROM ledger_run JOIN camera ON camera.id = camera_id
                    ORDER BY camera_id, from_at
                    """)
            return try Array(rows.map(LedgerTable.run))
        }
    }

    @Test func `has one run for three days of the same`() async throws {
        let archive = try await folder.open()
        for number in 0..<50 {
            try await archive.record(
                .offline, detail: SlotReason(label: "no agent"), for: .number(number), camera: .printer,
                received: ByteCount(3), seen: nil)
        }
        let runs = try await runs(archive)
        #expect(runs.count == 1)
        #expect(runs.first?.slots == 50)
        #expect(runs.first?.bytes == ByteCount(150))
        #expect(runs.first?.from == Slot.number(0).due)
        #expect(runs.first?.until == Slot.number(50).due)
        try await archive.close()
    }

    @Test func `goes on across a restart, with the time in between accounted for`() async throws {
        var archive = try await folder.open()
        for number in 0..<3 { try await archive.store(number) }
        try await archive.close()

        archive = try await folder.open()
        let last = try #require(try archive.lastRun(of: .printer))
        try await archive.record(
            [
                SlotRun(
                    outcome: .missed, detail: SlotReason(label: "not running"), first: last.until, slots: 5,
                    interval: last.interval)
            ],
            camera: .printer)
        for number in 8..<10 { try await archive.store(number) }
        let runs = try await runs(archive)
        #expect(runs.map(\.outcome) == [.stored, .missed, .stored])
        #expect(runs.map(\.slots) == [3, 5, 2])
        #expect(runs.map(\.frame) == [FrameID(3), nil, FrameID(5)])
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `moves the time at which a repeated frame was last seen`() async throws {
        let archive = try await folder.open()
        let frame = try await archive.store(0)
        for number in 1...3 {
            try await archive.record(
                .duplicate, detail: nil, for: .number(number), camera: .printer, received: ByteCount(9), seen: frame.id)
        }
        try await archive.record(
            .unchanged, detail: nil, for: .number(4), camera: .printer, received: .zero, seen: frame.id)
        let seen = try #require(try await archive.pool.read { try FrameTable.frame(frame.id, in: $0) })
        #expect(seen.seen == 5)
        #expect(seen.lastSeenAt == Slot.number(4).due)
        #expect(try await runs(archive).map(\.outcome) == [.stored, .duplicate, .unchanged])
        try await archive.close()
    }

    @Test func `counts a repetition once, however often its slot is recorded`() async throws {
        let archive = try await folder.open()
        let frame = try await archive.store(0)
        for _ in 1...3 {
            try await archive.record(
                .duplicate, detail: nil, for: .number(1), camera: .printer, received: .zero, seen: frame.id)
        }
        #expect(try await archive.pool.read { try FrameTable.frame(frame.id, in: $0) }?.seen == 2)
        #expect(try archive.lastRun(of: .printer)?.slots == 1)
        try await archive.close()
    }

    @Test func `fills what is free where the clock was set back`() async throws {
        let archive = try await folder.open()
        try await archive.store(0)
        try await archive.store(9)
        try await archive.record(
            [
                SlotRun(
                    outcome: .missed, detail: SlotReason(label: "not running"), first: Slot.number(0).due, slots: 20,
                    interval: .seconds(10))
            ], camera: .printer)
        #expect(try await runs(archive).map(\.slots) == [1, 8, 1])
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `tells cameras apart`() async throws {
        let archive = try await folder.open()
        try await archive.store(0)
        try await archive.store(0, camera: .other)
        #expect(try await runs(archive).map(\.camera) == [.printer, .other])
        #expect(try archive.lastRun(of: try CameraName("nobody")) == nil)
        try await archive.close()
    }

    @Test func `ignores a downtime of no slots`() async throws {
        let archive = try await folder.open()
        try await archive.record(
            [SlotRun(outcome: .missed, detail: nil, first: .start, slots: 0, interval: .seconds(1))], camera: .printer)
        #expect(try await runs(archive).isEmpty)
        try await archive.close()
    }
}
