import Foundation
import GRDB
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `A value that cannot be` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Frames 1 to 4 in slots 0 to 3, frame 4 seen again in slots 4 and 5, two slots offline, frame 5 in slot 8.
    private func archive(damagedBy tampering: String) async throws -> FrameArchive {
        let archive = try await folder.open()
        for slot in 0..<4 { try await archive.store(slot, slot: slot, print: 7) }
        for slot in 4..<6 {
            try await archive.record(
                .duplicate, detail: nil, for: .number(slot), camera: .printer, received: .zero, seen: FrameID(4))
        }
        for slot in 6..<8 {
            try await archive.record(
                .offline, detail: nil, for: .number(slot), camera: .printer, received: .zero, seen: nil)
        }
        try await archive.store(8)
        let reading = UsageReading(
            readAt: .start, total: ByteCount(1000), monthlyCap: ByteCount(5000), resetAt: .start + .seconds(86_400))
        try await archive.recordUsage(
            reading, camera: .printer, received: ByteCount(10), proxied: .zero, captures: 1)
        try await archive.pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
            let triggers = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            try database.execute(sql: tampering)
            for trigger in triggers { try database.execute(sql: trigger["sql"]) }
            try database.execute(sql: "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF")
        }
        return archive
    }

    /// All rows of all tables, but for the pictures themselves.
    private func content(_ archive: FrameArchive) async throws -> [String: [String]] {
        try await archive.pool.read { database in
            let tables = ["frame", "ledger_run", "picture", "print", "archive_info", "usage_reading", "frame_hour"]
            return try Dictionary(
                uniqueKeysWithValues: tables.map { table in
                    let rows = try Row.fetchAll(database, sql: "SELECT * FROM \(table)")
                    return (table, rows.map { row in row.map { "\($0)=\($1)" }.joined(separator: " ") })
                })
        }
    }

    private static let extremes = [Int64.min, .max]

    /// What is put right exactly: after the repair the archive is what it was.
    private static let exact = [
        "UPDATE frame SET captured_at = VALUE WHERE id = 2", "UPDATE frame SET last_seen_at = VALUE WHERE id = 2",
        "UPDATE frame SET slot_at = VALUE WHERE id = 2", "UPDATE frame SET width = VALUE WHERE id = 2",
        "UPDATE frame SET height = VALUE WHERE id = 3", "UPDATE frame SET bytes = VALUE WHERE id = 2",
        "UPDATE frame SET seen = VALUE WHERE id = 4", "UPDATE frame SET excluded = VALUE WHERE id = 2",
        "UPDATE picture SET reference_count = VALUE WHERE content_id = 2",
        "UPDATE picture SET bytes = VALUE WHERE content_id = 2",
        "UPDATE ledger_run SET removed = VALUE WHERE outcome = 'stored'",
        "UPDATE ledger_run SET bytes = VALUE WHERE outcome = 'offline'",
        "UPDATE ledger_run SET from_at = VALUE WHERE outcome = 'offline'",
        "UPDATE ledger_run SET from_at = VALUE WHERE outcome = 'duplicate'",
        "UPDATE ledger_run SET slots = VALUE WHERE outcome = 'duplicate'",
        "UPDATE ledger_run SET interval_ms = VALUE WHERE outcome = 'offline'",
        "UPDATE ledger_run SET slots = VALUE WHERE outcome = 'stored' AND slots = 4",
        "UPDATE ledger_run SET from_at = VALUE WHERE outcome = 'stored' AND slots = 1",
        "UPDATE camera SET id = VALUE", "UPDATE print SET id = VALUE", "UPDATE print SET frames = VALUE",
        "UPDATE print SET bytes = VALUE",
        "UPDATE archive_info SET shared_bytes = VALUE", "UPDATE archive_info SET compacted_bytes = VALUE",
        "UPDATE frame SET camera_id = VALUE WHERE id = 2",
    ]

    @Test(arguments: exact, extremes)
    func `is named, and is again what it was`(tampering: String, value: Int64) async throws {
        let untouched = try await archive(damagedBy: "")
        let before = try await content(untouched)
        try await untouched.close()
        try FileManager.default.removeItem(atPath: folder.archive)

        let archive = try await archive(damagedBy: tampering.replacing("VALUE", with: "\(value)"))
        #expect(try await archive.verify().isSound == false)
        let report = try await archive.repair()
        #expect(report.isSound, "\(report)")
        var after = try await content(archive)
        // When each was made differs.
        var expected = before
        (after["archive_info"], expected["archive_info"]) = (nil, nil)
        #expect(after == expected)
        let numbers = try archive.pool.read {
            try Row.fetchOne($0, sql: "SELECT shared_bytes, compacted_bytes, last_removed_frame FROM archive_info")
        }
        #expect(numbers == ["shared_bytes": 0, "compacted_bytes": 0, "last_removed_frame": 0])
        try await archive.close()
    }

    /// What nothing else tells: it is let go, or made as good as can be.
    private static let lost = [
        "UPDATE frame SET taken_at = VALUE WHERE id = 2", "UPDATE frame SET brightness = VALUE WHERE id = 2",
        "UPDATE frame SET id = VALUE WHERE id = 2", "UPDATE frame SET pinned = VALUE WHERE id = 2",
        "UPDATE frame SET damaged_at = VALUE WHERE id = 2", "UPDATE frame SET captured_at = VALUE",
        "UPDATE frame SET last_seen_at = VALUE", "UPDATE frame SET slot_at = VALUE",
        "UPDATE ledger_run SET from_at = VALUE WHERE from_at = (SELECT max(from_at) FROM ledger_run)",
        "UPDATE ledger_run SET slots = VALUE", "UPDATE ledger_run SET interval_ms = VALUE",
        "UPDATE ledger_run SET removed = VALUE", "UPDATE ledger_run SET frame_id = VALUE",
        "UPDATE print SET started_at = VALUE", "UPDATE print SET ended_at = VALUE", "UPDATE print SET number = -5",
        "UPDATE usage_reading SET read_at = VALUE", "UPDATE usage_reading SET total = VALUE",
        "UPDATE archive_info SET last_removed_frame = VALUE", "UPDATE archive_info SET totals_until = VALUE",
        "UPDATE archive_info SET created_at = VALUE", "UPDATE picture_content SET id = VALUE WHERE id = 2",
        "UPDATE frame SET print_id = VALUE WHERE id = 2", "UPDATE frame SET print_id = NULL, camera_id = VALUE",
        "UPDATE ledger_run SET camera_id = VALUE WHERE outcome = 'offline'",
        "UPDATE usage_reading SET camera_id = VALUE",
        "DELETE FROM camera WHERE VALUE <> 0", "DELETE FROM print WHERE VALUE <> 0",
        "UPDATE frame SET print_id = NULL, camera_id = 99 WHERE id = 2 AND VALUE <> 0",
        "UPDATE frame SET print_id = 99 WHERE id = 2 AND VALUE <> 0",
        "UPDATE print SET camera_id = VALUE",
    ]

    @Test(arguments: lost, extremes)
    func `is named, and takes nothing else with it`(tampering: String, value: Int64) async throws {
        let archive = try await archive(damagedBy: tampering.replacing("VALUE", with: "\(value)"))
        #expect(try await archive.verify().isSound == false)
        let report = try await archive.repair()
        #expect(report.isSound, "\(report)")
        #expect(report.changedAnything)
        let (frames, slots) = try await archive.pool.read { database in
            (
                try Int.fetchOne(database, sql: "SELECT count(*) FROM frame"),
                try Int.fetchOne(database, sql: "SELECT sum(slots) FROM ledger_run") ?? 0
            )
        }
        #expect(frames == 5)
        #expect(slots >= 5)
        // And captures go on.
        let next = try await archive.store(20)
        #expect(next.id.number < 100)
        #expect(try archive.picture(of: next.id).readableBytes > 0)
        try await archive.close()
    }

    @Test func `keeps no capture from storing frames`() async throws {
        let archive = try await archive(
            damagedBy: """
                UPDATE frame SET id = \(Int64.max) WHERE id = 2;
                UPDATE archive_info SET last_removed_frame = \(Int64.max)
                """)
        #expect(try await archive.store(20).id == FrameID(6))
        try await archive.close()
    }
}

@Suite struct `A damaged header` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Every version that one flipped bit makes of the one there is, the sign's included.
    @Test(arguments: 0..<32) func `that says another version is named, and put right by the tables`(bit: Int)
        async throws
    {
        let archive = try await folder.open()
        for slot in 0..<3 { try await archive.store(slot) }
        try await archive.close()
        let file = URL(filePath: folder.archive)
        var bytes = try Data(contentsOf: file)
        let sound = bytes
        bytes[60 + bit / 8] ^= UInt8(1) << (bit % 8)
        try bytes.write(to: file)

        let error = await #expect(throws: ArchiveError.self) { try await folder.open() }
        #expect(["damaged", "too_new"].contains(error?.label ?? ""))
        #expect(try FrameArchive.mendHeader(at: folder.archive).count == 1)
        #expect(try FrameArchive.mendHeader(at: folder.archive) == [])
        let mended = try await folder.open()
        #expect(try await mended.verify().isSound)
        try await mended.close()
        #expect(try Data(contentsOf: file).count == sound.count)
    }

    @Test func `of another program's database is left alone`() async throws {
        let other = try DatabaseQueue(path: folder.archive)
        try await other.write { try $0.execute(sql: "CREATE TABLE notes (text TEXT); PRAGMA user_version = 3") }
        try other.close()
        let before = try Data(contentsOf: URL(filePath: folder.archive))
        let error = #expect(throws: ArchiveError.self) { try FrameArchive.mendHeader(at: folder.archive) }
        #expect(error?.label == "not_an_archive")
        #expect(try Data(contentsOf: URL(filePath: folder.archive)) == before)
    }
}
