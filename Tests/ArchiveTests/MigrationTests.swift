import Foundation
import GRDB
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `An archive of the first version` {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let old = try DatabaseQueue(path: folder.archive)
        try old.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            try database.execute(sql: schemaVersion1)
            try database.execute(
                sql: """
                    PRAGMA user_version = 1;
                    INSERT INTO archive_info VALUES (1, 0, 'test', 0);
                    INSERT INTO camera VALUES (1, 'printer');
                    INSERT INTO print VALUES (5, 1, 77), (6, 1, 78);
                    INSERT INTO picture VALUES (zeroblob(32), 3, 1, 0);
                    INSERT INTO picture_content VALUES (1, zeroblob(32), x'FFD8FF');
                    INSERT INTO frame (id, camera_id, captured_at, last_seen_at, seen, width, height, bytes, sha256,
                        perceptual_hash, print_id, source)
                    VALUES (9, 1, 1000, 1000, 1, 8, 8, 3, zeroblob(32), 0, 5, 'webcam_api');
                    INSERT INTO usage_reading VALUES (1, 2000, 10, 20, 3000, 4, 1);
                    """)
        }
        try old.close()
    }

    @Test func `is brought up to date with all that is in it`() async throws {
        let archive = try await folder.open()
        let (frame, prints, proxied) = try await archive.pool.read { database in
            (
                try FrameTable.frame(FrameID(9), in: database),
                try String.fetchAll(
                    database,
                    sql: """
                        SELECT printf('%s %s %s %s %s %s', id, number, told_by, state, started_at, ended_at) FROM print
                        """),
                try Int.fetchAll(database, sql: "SELECT proxied FROM usage_reading")
            )
        }
        #expect(frame?.print == 5)
        #expect(frame?.printerState == nil)
        #expect(prints == ["5 77 url ended 1000 1000", "6 78 url ended 0 0"])
        #expect(proxied == [0])
        try await archive.store(1, print: 79)
        #expect(try await archive.verify(quick: true).ledgerIsSound)
        try await archive.close()
    }

    @Test func `keeps its frames tied to their prints`() async throws {
        let archive = try await folder.open()
        await #expect(throws: (any Error).self) {
            try await archive.pool.write { try $0.execute(sql: "DELETE FROM print WHERE id = 5") }
        }
        try await archive.close()
    }

    @Test func `is brought up to date for a reader, too`() throws {
        try ArchiveUpgrade.run(at: folder.archive)
        let version = try DatabaseQueue(path: folder.archive).read { try Schema.version(of: $0) }
        #expect(version == Schema.version)
        #expect(try folder.files == ["frames.printlapse", "frames.printlapse-lock"])
    }

    @Test func `stays as it is where a frame's print is not there`() async throws {
        let old = try DatabaseQueue(path: folder.archive)
        try await old.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF; DELETE FROM print WHERE id = 5")
        }
        try old.close()
        await #expect(throws: ArchiveError.self) { try await folder.open() }
        let version = try await DatabaseQueue(path: folder.archive).read { try Schema.version(of: $0) }
        #expect(version == 1)
    }
}

/// As the program before packs left it.
@Suite struct `An archive of the seventh version` {
    private let folder: TemporaryFolder

    init() async throws { folder = try await EarlierArchive.ofPrint(version: 7) }

    @Test func `is brought up to date with every picture where it was`() async throws {
        let archive = try await folder.open()
        let (version, packed) = try await archive.pool.read { database in
            (try Schema.version(of: database), try PackTable.totals(in: database).pictures)
        }
        #expect(version == Schema.version)
        #expect(packed == 0)
        for frame in 1...4 { #expect(try archive.picture(of: FrameID(Int64(frame))).readableBytes > 0) }
        try await archive.store(4)
        let report = try await archive.verify()
        #expect(report.isSound, "\(report)")
        #expect(report.framesChecked == 5)
        try await archive.close()
    }

    @Test func `loses the content with the last frame that shows it, as before`() async throws {
        let archive = try await folder.open()
        for (frame, left) in [(1, 3), (3, 2)] {
            try await archive.commit { try $0.execute(sql: "DELETE FROM frame WHERE id = ?", arguments: [frame]) }
            #expect(try archive.read { try archive.pictures.walk(after: nil, limit: 9, in: $0).count } == left)
        }
        try await archive.close()
    }
}

/// As the program before machines told one another left it.
@Suite struct `An archive of the eighth version` {
    private let folder: TemporaryFolder

    init() async throws { folder = try await EarlierArchive.ofPrint(version: 8) }

    @Test func `is brought up to date, tells nobody anything, and notes nothing`() async throws {
        let archive = try await folder.open()
        try await archive.store(4)
        try await archive.commit { try $0.execute(sql: "DELETE FROM frame WHERE id = 1; UPDATE frame SET pinned = 1") }
        let (version, noted) = try await archive.pool.read { database in
            (
                try Schema.version(of: database),
                try Int.fetchOne(
                    database, sql: "SELECT (SELECT count(*) FROM unpublished) + (SELECT count(*) FROM publication)")
            )
        }
        #expect(version == Schema.version)
        #expect(noted == 0)
        let report = try await archive.verify()
        #expect(report.isSound, "\(report)")
        try await archive.close()
    }
}

/// As the program before machines could be retired left it.
@Suite struct `An archive of the ninth version` {
    private let folder: TemporaryFolder

    init() async throws { folder = try await EarlierArchive.ofPrint(version: 9) }

    @Test func `is brought up to date, and follows whom it followed`() async throws {
        let old = try DatabaseQueue(path: folder.archive)
        try await old.write {
            try $0.execute(
                sql: """
                    INSERT INTO followed_machine (machine, name, store, generation, segment, looked_at, behind)
                    VALUES ('00ff', 'rack', '/store', 1, 12, 1795442700250, 3)
                    """)
        }
        try old.close()
        let archive = try await folder.open()
        try await archive.store(4)
        let (version, machines) = try await archive.pool.read { database in
            (try Schema.version(of: database), try FollowedMachine.all(in: database))
        }
        #expect(version == Schema.version)
        #expect(machines.map(\.name) == ["rack"])
        #expect(machines.map(\.segment) == [12])
        #expect(machines.map(\.retiredAt) == [nil])
        let report = try await archive.verify()
        #expect(report.isSound, "\(report)")
        #expect(report.framesChecked == 5)
        try await archive.close()
    }
}
