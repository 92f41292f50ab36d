import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `Repairing an archive` {
    private let folder: TemporaryFolder
    private let backup: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        backup = try TemporaryFolder()
    }

    /// An archive of eight frames, 1 and 8 of the same picture, with a backup of it; and something done to it behind its back.
    private func archive(damagedBy tampering: String...) async throws -> FrameArchive {
        let archive = try await folder.open()
        for (slot, picture) in [1, 2, 3, 4, 5, 6, 7, 1].enumerated() {
            try await archive.store(picture, slot: slot, print: 7)
        }
        try await archive.close()
        try FileManager.default.copyItem(atPath: folder.archive, toPath: backup.archive)
        let damaged = try await folder.open()
        try await damaged.pool.writeWithoutTransaction { database in
            let triggers = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            for statement in tampering { try database.execute(sql: statement) }
            for trigger in triggers { try database.execute(sql: trigger["sql"]) }
        }
        return damaged
    }

    private func frames(_ ids: Int64...) -> [FrameID] { ids.map(FrameID.init) }

    private static let flip =
        "UPDATE picture_content SET jpeg = CAST(substr(jpeg, 1, 99) || x'55' || substr(jpeg, 101) AS BLOB)"

    @Test func `finds nothing to do in a sound one`() async throws {
        let archive = try await archive()
        let report = try await archive.repair(from: [backup.archive])
        #expect(report.isSound)
        #expect(!report.changedAnything)
        #expect(report.after.framesChecked == 8)
        try await archive.close()
    }

    @Test func `takes good copies from a backup, which stays exactly as it is`() async throws {
        let archive = try await archive(
            damagedBy: Self.flip + " WHERE id = 1", "DELETE FROM picture_content WHERE id = 3",
            "DELETE FROM picture WHERE content_id = 4; DELETE FROM picture_content WHERE id = 4")
        let before = try Data(contentsOf: URL(fileURLWithPath: backup.archive))
        let report = try await archive.repair(from: [backup.archive])
        #expect(Set(report.restored) == Set(frames(1, 3, 4, 8)))
        #expect(report.quarantined == [])
        #expect(report.isSound, "\(report)")
        #expect(try await archive.verify().isSound)
        for number in 1...8 { _ = try archive.picture(of: FrameID(Int64(number))) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: backup.archive)) == before)
        #expect(try backup.files == ["frames.printlapse"])
        try await archive.close()
    }

    @Test func `marks frames without a good copy, and takes the mark away when there is one`() async throws {
        let archive = try await archive(damagedBy: Self.flip + " WHERE id = 1", Self.flip + " WHERE id = 5")
        let bytes = try await archive.pool.read {
            try Data.fetchOne($0, sql: "SELECT jpeg FROM picture_content WHERE id = 5")
        }
        let first = try await archive.repair()
        #expect(Set(first.quarantined) == Set(frames(1, 5, 8)))
        #expect(first.after.quarantined == 3)
        #expect(first.isSound)
        let marked = try await archive.pool.read {
            try Int64.fetchAll($0, sql: "SELECT id FROM frame WHERE damaged_at > 0")
        }
        #expect(marked == [1, 5, 8])
        let kept = try await archive.pool.read {
            try Data.fetchOne($0, sql: "SELECT jpeg FROM picture_content WHERE id = 5")
        }
        #expect(kept == bytes)

        let again = try await archive.repair()
        #expect(!again.changedAnything)
        let second = try await archive.repair(from: [backup.archive])
        #expect(Set(second.restored) == Set(frames(1, 5, 8)))
        #expect(second.after.quarantined == 0)
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `takes no copy that is damaged itself, but that of the next backup`() async throws {
        let archive = try await archive(damagedBy: Self.flip + " WHERE id = 2")
        let good = folder.path + "/good"
        try FileManager.default.copyItem(atPath: backup.archive, toPath: good)
        try await DatabaseQueue(path: backup.archive).write {
            try $0.execute(sql: "UPDATE picture_content SET jpeg = x'FFD8FF'")
        }
        #expect(try await archive.repair(from: [backup.archive]).quarantined == frames(2))
        #expect(try await archive.repair(from: [backup.archive, good]).restored == frames(2))
        try await archive.close()
    }

    @Test func `releases frames whose picture turns out to be good`() async throws {
        let archive = try await archive(damagedBy: "UPDATE frame SET damaged_at = 5 WHERE id = 6")
        let report = try await archive.repair()
        #expect(report.released == frames(6))
        #expect(report.after.quarantined == 0)
        try await archive.close()
    }

    @Test func `finds the bytes of a picture whose record is damaged in the archive itself`() async throws {
        let archive = try await archive(
            damagedBy: "UPDATE picture_content SET sha256 = zeroblob(32) WHERE id = 2",
            "DELETE FROM picture WHERE content_id = 3")
        let report = try await archive.repair()
        #expect(Set(report.restored) == Set(frames(2, 3)))
        #expect(report.orphans == 1)
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test(arguments: [
        "UPDATE picture SET reference_count = 9 WHERE content_id = 1", "UPDATE picture SET reference_count = 0",
        "UPDATE archive_info SET totals_until = 1800000050000",
        "INSERT INTO frame_hour VALUES (1, 0, 3, 4)", "UPDATE print SET frames = 4, bytes = 9",
        "DELETE FROM frame WHERE id = 2; UPDATE frame SET slot_at = NULL; DELETE FROM ledger_run",
    ])
    func `puts right what is derived from the frames`(tampering: String) async throws {
        let archive = try await archive(damagedBy: tampering)
        #expect(try await !archive.verify().isSound)
        let report = try await archive.repair()
        #expect(report.numbers > 0)
        #expect(report.isSound, "\(report)")
        #expect(try await archive.verify().isSound)
        // The triggers go on from the right numbers.
        try await archive.store(20, slot: 8)
        try await archive.changes.commit { try $0.execute(sql: "DELETE FROM frame WHERE id = 1") }
        #expect(try await archive.verify().problems == [])
        try await archive.close()
    }

    @Test func `makes an index anew that does not know all frames`() async throws {
        let archive = try await archive()
        try await archive.close()
        let raw = try DatabaseQueue(path: folder.archive)
        func setIndex(_ condition: String) async throws {
            try await raw.writeWithoutTransaction { database in
                try database.execute(
                    sql: """
                        PRAGMA writable_schema = ON;
                        UPDATE sqlite_schema SET sql = 'CREATE INDEX frame_by_time ON frame (captured_at, id, bytes)\(condition)'
                        WHERE name = 'frame_by_time';
                        PRAGMA writable_schema = RESET
                        """)
            }
        }
        try await setIndex(" WHERE id < 0")
        let unaware = try await folder.open()
        try await unaware.store(30, slot: 8)
        try await unaware.close()
        try await setIndex("")
        try raw.close()

        let damaged = try await folder.open()
        #expect(try await damaged.verify().problems.contains { $0.contains("missing from index frame_by_time") })
        let report = try await damaged.repair()
        #expect(report.tables == ["frame"])
        #expect(report.isSound, "\(report)")
        #expect(try await damaged.verify().isSound)
        try await damaged.close()
    }

    @Test func `leaves alone what it would have to guess`() async throws {
        let archive = try await archive(
            damagedBy: "DELETE FROM ledger_run",
            "PRAGMA ignore_check_constraints = ON; UPDATE frame SET source = 'nowhere' WHERE id = 3")
        let report = try await archive.repair(from: [backup.archive])
        #expect(!report.isSound)
        #expect(!report.changedAnything)
        #expect(report.after.problems.count == 9)
        try await archive.close()
    }

    @Test func `works beside a capture, and no second time at once`() async throws {
        try await archive(damagedBy: Self.flip + " WHERE id = 2").close()
        let capture = try await folder.open()
        let care = try await FrameArchive.open(at: folder.archive, role: .care)
        let second = await #expect(throws: ArchiveError.self) {
            try await FrameArchive.open(at: folder.archive, role: .care)
        }
        #expect(second?.label == "in_use")
        let storing = Task { for number in 20..<60 { try await capture.store(number, slot: number - 12) } }
        #expect(try await care.repair(from: [backup.archive]).restored == frames(2))
        try await storing.value
        #expect(try await capture.verify().isSound)
        try await care.close()
        try await capture.close()
    }

    @Test func `refuses the archive itself for a backup of it, and what is no archive`() async throws {
        let archive = try await archive()
        await #expect(throws: ArchiveError.self) { try await archive.repair(from: [folder.archive]) }
        let error = await #expect(throws: ArchiveError.self) { try await archive.repair(from: ["/dev/null"]) }
        #expect(error?.label == "not_an_archive")
        try await archive.close()
    }
}
