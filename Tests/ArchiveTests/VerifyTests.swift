import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `Verifying an archive` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// An archive of five frames, the first and last of which show the same, and something done to it behind its back.
    private func verify(quick: Bool = false, after tampering: String...) async throws -> VerifyReport {
        let archive = try await folder.open()
        for (slot, picture) in [1, 2, 3, 4, 1].enumerated() { try await archive.store(picture, slot: slot, print: 7) }
        try await archive.record(.offline, detail: nil, for: .number(5), camera: .printer, received: .zero, seen: nil)
        try await archive.pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
            for trigger in try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                try database.execute(sql: "DROP TRIGGER \(trigger)")
            }
            for statement in tampering { try database.execute(sql: statement) }
        }
        let report = try await archive.verify(quick: quick)
        try await archive.close()
        return report
    }

    @Test func `finds nothing in a sound one`() async throws {
        let report = try await verify()
        #expect(report.isSound)
        #expect(report.framesChecked == 5)
        #expect(report.bytesChecked.bytes > 4 * 500)
    }

    @Test func `reads no picture when it is quick`() async throws {
        let report = try await verify(quick: true)
        #expect(report.isSound)
        #expect(report.framesChecked == 0)
    }

    @Test func `names the frames whose picture has a flipped bit, and only those`() async throws {
        let report = try await verify(
            after: """
                UPDATE picture_content SET jpeg = CAST(substr(jpeg, 1, 99) || x'55' || substr(jpeg, 101) AS BLOB) WHERE id = 1
                """)
        #expect(report.damaged.map(\.frame) == [FrameID(1), FrameID(5)])
        #expect(report.damaged.first?.problem == "its picture is not what was stored")
        #expect(report.problems == [])
        #expect(report.ledgerIsSound)
        #expect(!report.isSound)
    }

    @Test func `names the frame whose picture is missing`() async throws {
        let report = try await verify(after: "DELETE FROM picture_content WHERE id = 2")
        #expect(report.damaged.map(\.frame) == [FrameID(2)])
        #expect(report.damaged.first?.problem == "its picture is missing")
    }

    @Test func `names the frame whose picture has no record, and the picture that nobody needs`() async throws {
        let report = try await verify(after: "DELETE FROM picture WHERE content_id = 2")
        #expect(report.damaged.map(\.frame) == [FrameID(2)])
        #expect(report.problems == ["picture content 2 belongs to no picture"])
    }

    @Test func `names the frames whose picture got another's number`() async throws {
        let report = try await verify(after: "UPDATE picture SET content_id = 3 WHERE content_id = 2")
        #expect(report.damaged.map(\.frame) == [FrameID(2)])
        #expect(report.problems == ["picture content 2 belongs to no picture"])
    }

    @Test func `tells of frames in quarantine by their number only`() async throws {
        let report = try await verify(
            after: "UPDATE picture_content SET jpeg = x'00' WHERE id = 2",
            "UPDATE frame SET damaged_at = 5 WHERE id = 2")
        #expect(report.damaged == [])
        #expect(report.quarantined == 1)
        #expect(report.isSound)
    }

    @Test(arguments: [
        ("UPDATE picture SET reference_count = 3 WHERE content_id = 1", "counts 3 frames, 2 show it"),
        ("DELETE FROM frame WHERE id = 2", "counts 1 frames, 0 show it"),
        ("UPDATE print SET frames = 4, bytes = 9", "print 1: 4 frames and 9 bytes are noted, 0 and 0 are there"),
        ("UPDATE archive_info SET totals_until = 1800000010500", "hour from 2027-01-15T08:00:00.000Z: 0 frames"),
        ("INSERT INTO frame_hour VALUES (1, 0, 3, 4)", "3 frames and 4 bytes are noted, 0 and 0 are there"),
        ("UPDATE frame SET bytes = 1 WHERE id = 2", "frame 2 says 1 bytes"),
        ("UPDATE frame SET print_id = 99 WHERE id = 2", "frame row 2 refers to a print that is not there"),
        ("UPDATE frame SET camera_id = 99 WHERE id = 2", "frame row 2 refers to a camera that is not there"),
        ("UPDATE frame SET captured_at = (SELECT captured_at FROM frame WHERE id = 1) WHERE id = 5", "frames 1 and 5"),
        ("UPDATE frame SET last_seen_at = captured_at - 1 WHERE id = 2", "frame 2 has a value that cannot be"),
        ("UPDATE frame SET excluded = 7 WHERE id = 2", "frame 2 has a value that cannot be"),
        ("DELETE FROM archive_info", "no row in archive_info"),
    ])
    func `finds what does not fit together`(tampering: String, problem: String) async throws {
        let report = try await verify(quick: true, after: tampering)
        #expect(report.problems.contains { $0.contains(problem) }, "\(report.problems)")
        #expect(!report.isSound)
    }

    @Test(arguments: [
        ("UPDATE ledger_run SET slots = 4 WHERE outcome = 'stored'", "which no run of the ledger tells of"),
        ("UPDATE ledger_run SET slots = 6 WHERE outcome = 'stored'", "shares slots with the run"),
        ("UPDATE ledger_run SET from_at = from_at + 20000 WHERE outcome = 'offline'", "20s after the run before"),
        ("UPDATE ledger_run SET outcome = 'missed' WHERE outcome = 'stored'", "is missed, but 5 frames"),
        ("UPDATE ledger_run SET slots = 0 WHERE outcome = 'offline'", "a value that cannot be: slots 0"),
        ("DELETE FROM ledger_run", "which no run of the ledger tells of"),
        ("DELETE FROM frame WHERE id = 3", "has 5 stored slots, but 4 frames"),
    ])
    func `finds what the ledger cannot mean`(tampering: String, problem: String) async throws {
        let report = try await verify(quick: true, after: tampering)
        #expect(report.problems.contains { $0.contains(problem) }, "\(report.problems)")
        #expect(!report.ledgerIsSound)
    }

    @Test func `tells how far it has come`() async throws {
        let archive = try await folder.open()
        for number in 0..<20 { try await archive.store(number) }
        var last: VerifyProgress?
        _ = try await ArchiveVerifier(database: archive.pool, path: archive.path).verify(VerifyRequest()) { last = $0 }
        #expect(last?.picturesChecked == 20)
        #expect(last?.pictures == 20)
        try await archive.close()
    }

    /// Every page but the first fifty or so holds pictures.
    @Test func `names each frame of a file that is torn where the pictures are, and no other`() async throws {
        let archive = try await folder.open()
        for number in 0..<60 { try await archive.store(number, padding: 65_000) }
        try await archive.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.archive))
        let size = try file.seekToEnd()
        for page in stride(from: size / 4096 / 2, to: size / 4096, by: 34) {
            try file.seek(toOffset: page * 4096)
            try file.write(contentsOf: Data(repeating: 0xEE, count: 4096))
        }
        try file.close()
        let damaged = try await folder.open()
        let report = try await damaged.verify()
        var unreadable: Set<FrameID> = []
        for number in 1...60 {
            do { _ = try damaged.picture(of: FrameID(Int64(number))) } catch {
                unreadable.insert(FrameID(Int64(number)))
            }
        }
        #expect(Set(report.damaged.map(\.frame)) == unreadable)
        #expect((10...40).contains(unreadable.count))
        try await damaged.close()
    }
}

@Suite struct `Verifying a part` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `covers each picture in exactly one subset, which is the same when frames are added`() async throws {
        let archive = try await folder.open()
        for number in 0..<30 { try await archive.store(number) }
        func counts() async throws -> [Int] {
            var counts: [Int] = []
            for part in 1...3 {
                let request = VerifyRequest(subset: PictureSubset(part: part, of: 3))
                counts.append(
                    try await ArchiveVerifier(database: archive.pool, path: archive.path).verify(request) { _ in }
                        .framesChecked)
            }
            return counts
        }
        let before = try await counts()
        #expect(before.reduce(0, +) == 30)
        #expect(before.allSatisfy { $0 > 0 })
        for number in 30..<60 { try await archive.store(number) }
        let after = try await counts()
        #expect(after.reduce(0, +) == 60)
        #expect(zip(before, after).allSatisfy { $0 <= $1 })
        try await archive.close()
    }

    @Test(arguments: [("1/7", 1, 7), ("7/7", 7, 7)])
    func `is written as n of t`(text: String, part: Int, count: Int) {
        #expect(PictureSubset(parsing: text) == PictureSubset(part: part, of: count))
    }

    @Test(arguments: ["0/7", "8/7", "1", "1/0", "a/b", "1/2/3", "-1/7", ""])
    func `is refused where it is none`(text: String) {
        #expect(PictureSubset(parsing: text) == nil)
    }

    @Test func `covers the frames since a time, and finds the damaged one among them`() async throws {
        let archive = try await folder.open()
        for number in 0..<20 { try await archive.store(number) }
        try await archive.pool.writeWithoutTransaction {
            try $0.execute(sql: "UPDATE picture_content SET jpeg = x'00' WHERE id IN (3, 18)")
        }
        let request = VerifyRequest(since: Slot.number(15).due)
        let report = try await ArchiveVerifier(database: archive.pool, path: archive.path).verify(request) { _ in }
        #expect(report.framesChecked == 5)
        #expect(report.damaged.map(\.frame) == [FrameID(18)])
        try await archive.close()
    }
}
