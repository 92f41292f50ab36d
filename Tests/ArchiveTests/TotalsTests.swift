import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `Totals of frames` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What the totals say of frames before their instant, and a plain count of the same.
    private func totals(_ archive: FrameArchive) throws -> (kept: [String], counted: [String]) {
        try archive.pool.read { database in
            let limit = "(SELECT totals_until FROM archive_info)"
            return (
                try String.fetchAll(
                    database,
                    sql: """
                        SELECT format('%d %d: %d, %d', camera_id, hour, frames, bytes) FROM frame_hour
                        UNION ALL SELECT format('print %d: %d, %d', id, frames, bytes) FROM print WHERE frames > 0 ORDER BY 1
                        """),
                try String.fetchAll(
                    database,
                    sql: """
                        SELECT format('%d %d: %d, %d', camera_id, captured_at / 3600000 * 3600000, count(*), sum(bytes))
                        FROM frame WHERE captured_at < \(limit) GROUP BY camera_id, captured_at / 3600000
                        UNION ALL SELECT format('print %d: %d, %d', print_id, count(*), sum(bytes)) FROM frame
                        WHERE captured_at < \(limit) AND print_id IS NOT NULL GROUP BY print_id ORDER BY 1
                        """)
            )
        }
    }

    private func frames(_ archive: FrameArchive, _ condition: String) throws -> Int {
        try archive.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM frame WHERE \(condition)") ?? 0 }
    }

    @Test func `stay true while frames are stored, by several cameras, early and late, and removed`() async throws {
        let archive = try await folder.open()
        for number in 0..<FrameTotals.step * 2 + 10 {
            let camera: CameraName = number.isMultiple(of: 3) ? .other : .printer
            // Every 50th is of long ago, as after a clock that was set back.
            let slot = Int(number.isMultiple(of: 50) ? number - 100_000 : number * 40)
            try await archive.store(Int(number), slot: slot, camera: camera, print: number < 300 ? number / 100 : nil)
        }
        #expect(try frames(archive, "captured_at >= (SELECT totals_until FROM archive_info)") < FrameTotals.step)
        var (kept, counted) = try totals(archive)
        #expect(kept == counted)
        #expect(kept.count > 5)

        try await archive.pool.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM frame WHERE id % 7 = 0") }
        (kept, counted) = try totals(archive)
        #expect(kept == counted)
        try await archive.close()
    }

    @Test func `explain the slots of frames that were removed`() async throws {
        let archive = try await folder.open()
        for number in 0..<6 { try await archive.store(number) }
        try await archive.pool.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM frame WHERE id IN (2, 3)") }
        try await archive.store(6)
        let run = try archive.lastRun(of: .printer)
        #expect(run?.slots == 7)
        #expect(run?.removed == 2)
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }
}

@Suite struct `A frame's record` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: ["id", "camera_id", "captured_at", "bytes", "print_id"])
    func `keeps what totals and ledger rest on`(column: String) async throws {
        let archive = try await folder.open()
        try await archive.store(0, print: 1)
        try await archive.store(0, slot: 1, camera: .other, print: 1)
        await #expect(throws: (any Error).self) {
            try await archive.pool.writeWithoutTransaction {
                try $0.execute(sql: "UPDATE frame SET \(column) = \(column) + 1 WHERE id = 1")
            }
        }
        try await archive.close()
    }

    @Test func `has the marks of its print from the start`() async throws {
        let archive = try await folder.open()
        try await archive.store(0, print: 1)
        try await archive.pool.writeWithoutTransaction { try $0.execute(sql: "UPDATE print SET pinned = 1") }
        #expect(try await archive.store(1, print: 1).pinned)
        #expect(try await !archive.store(2, print: 2).pinned)
        try await archive.close()
    }
}
