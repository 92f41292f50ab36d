import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `Opening an archive` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `makes one, with its folder, where there is none`() async throws {
        let path = folder.path + "/deep/er/frames.printlapse"
        let archive = try await FrameArchive.open(at: path, application: "tests 1.0")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/deep/er").sorted()
        #expect(files == ["", "-lock", "-reserve", "-shm", "-wal"].map { "frames.printlapse" + $0 })
        try await archive.close()
    }

    @Test func `lays the file out as documented`() async throws {
        let archive = try await folder.open()
        func pragma(_ name: String) throws -> Int? {
            try archive.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA \(name)") }
        }
        #expect(try pragma("page_size") == 2048)
        #expect(try pragma("auto_vacuum") == 2)
        #expect(try pragma("application_id") == 0x504C_5053)
        #expect(try pragma("user_version") == Schema.version)
        #expect(try pragma("synchronous") == 2)
        #expect(try pragma("foreign_keys") == 1)
        #expect(try pragma("secure_delete") == 0)
        try await archive.close()
    }

    @Test func `keeps other users from the pictures`() async throws {
        let archive = try await folder.open()
        for ending in ["", "-lock", "-wal", "-shm"] {
            #expect(FileManager.default.permissions(of: folder.archive + ending) == 0o600, "\(ending)")
        }
        try await archive.close()
    }

    @Test func `documents every column in the schema`() async throws {
        let archive = try await folder.open()
        let tables = try await archive.pool.read {
            try String.fetchAll($0, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name LIKE 'frame'")
        }
        #expect(tables.first?.contains("-- when the last byte arrived") == true)
        try await archive.close()
    }

    @Test func `removes what a killed beginning left`() async throws {
        try Data("half an archive".utf8).write(to: URL(fileURLWithPath: folder.archive + "-new"))
        for _ in 1...2 {
            try await folder.open().close()
            #expect(try folder.files == ["", "-lock", "-reserve"].map { "frames.printlapse" + $0 })
            try FileManager.default.linkItem(atPath: folder.archive, toPath: folder.archive + "-new")
        }
    }

    @Test func `refuses to be closed twice, and gives the lock back once`() async throws {
        let archive = try await folder.open()
        try await archive.close()
        await #expect(throws: ArchiveError.closed) { try await archive.close() }
        try await folder.open().close()
    }

    @Test(arguments: [
        ("", "it is empty"), ("hello", "it is not a SQLite database"),
        (String(repeating: "SQLite format 3 ", count: 20), "it is not a SQLite database"),
    ])
    func `refuses a file that is none, and leaves it alone`(content: String, reason: String) async throws {
        try Data(content.utf8).write(to: URL(fileURLWithPath: folder.archive))
        await #expect(throws: ArchiveError.notAnArchive(path: ArchiveFile.resolved(folder.archive), reason: reason)) {
            try await folder.open()
        }
        #expect(try String(contentsOfFile: folder.archive, encoding: .utf8) == content)
        #expect(try folder.files == ["frames.printlapse"])
    }

    @Test func `refuses another program's database, and leaves it alone`() async throws {
        let foreign = try DatabaseQueue(path: folder.archive)
        try await foreign.write { try $0.execute(sql: "CREATE TABLE note (text)") }
        try foreign.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.archive))
        let error = await #expect(throws: ArchiveError.self) { try await folder.open() }
        #expect(error?.label == "not_an_archive")
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.archive)) == before)
        #expect(try folder.files == ["frames.printlapse"])
    }

    /// SQLite would roll a hot journal back, or bring a log into the file.
    @Test(arguments: ["DELETE", "WAL"])
    func `refuses another program's database with changes under way, and leaves them alone`(mode: String) async throws {
        let foreign = try DatabaseQueue(path: folder.path + "/foreign")
        try await foreign.writeWithoutTransaction { [folder] database in
            try database.execute(sql: "PRAGMA journal_mode = \(mode); PRAGMA cache_spill = 1; PRAGMA cache_size = 1")
            try database.execute(sql: "CREATE TABLE note (text); INSERT INTO note VALUES (zeroblob(9000))")
            try database.execute(sql: "BEGIN IMMEDIATE; UPDATE note SET text = zeroblob(90000)")
            for ending in ["", "-wal", "-journal"]
            where FileManager.default.fileExists(atPath: folder.path + "/foreign" + ending) {
                try FileManager.default.copyItem(
                    atPath: folder.path + "/foreign" + ending, toPath: folder.archive + ending)
            }
            try database.execute(sql: "ROLLBACK")
        }
        try foreign.close()
        let before = try state()
        #expect(before.count == 2)
        for _ in 1...2 {
            let error = await #expect(throws: ArchiveError.self) { try await folder.open() }
            #expect(error?.label == "not_an_archive")
        }
        #expect(try state() == before)
    }

    @Test func `refuses a pipe, which it does not wait for, and a link that leads to itself`() async throws {
        mkfifo(folder.archive, 0o600)
        let pipe = await #expect(throws: ArchiveError.self) { try await folder.open() }
        #expect(pipe?.label == "not_an_archive")
        let link = folder.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: link)
        await #expect(throws: ArchiveError.self) { try await FrameArchive.open(at: link) }
        let nowhere = folder.path + "/nowhere"
        try FileManager.default.createSymbolicLink(atPath: nowhere, withDestinationPath: folder.path + "/gone")
        await #expect(throws: ArchiveError.self) { try await FrameArchive.open(at: nowhere) }
        #expect(try folder.files == ["frames.printlapse", "link", "nowhere"])
    }

    @Test func `leaves an archive of a newer program exactly as it is`() async throws {
        try await folder.open().close()
        let newer = try DatabaseQueue(path: folder.archive)
        try await newer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 1000") }
        try newer.close()
        let before = try state()
        await #expect(throws: ArchiveError.self) { try await folder.open() }
        #expect(try state() == before)
    }

    /// The content and the time of change of each file that is the archive's or looks like it.
    private func state() throws -> [String: [String]] {
        var state: [String: [String]] = [:]
        for name in try folder.files where name.hasPrefix("frames.printlapse") && !name.hasSuffix("-lock") {
            let path = folder.path + "/" + name
            let changed = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
            state[name] = [
                "\(changed?.timeIntervalSince1970 ?? 0)",
                "\(try Data(contentsOf: URL(fileURLWithPath: path)).hashValue)",
            ]
        }
        return state
    }

    @Test func `refuses a folder by that name`() async throws {
        try FileManager.default.createDirectory(atPath: folder.archive, withIntermediateDirectories: false)
        let error = await #expect(throws: ArchiveError.self) { try await folder.open() }
        #expect(error?.label == "not_an_archive")
    }

    @Test func `refuses the schema of a newer program by its version`() async throws {
        try await folder.open().close()
        let newer = try DatabaseQueue(path: folder.archive)
        try await newer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 1000") }
        try newer.close()
        await #expect(throws: ArchiveError.tooNew(path: ArchiveFile.resolved(folder.archive), version: 1000)) {
            try await folder.open()
        }
    }

    @Test func `finds a newer schema that is still in the log`() async throws {
        let archive = try await folder.open()
        try await archive.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 1000") }
        let image = try folder.crashImage()
        let error = await #expect(throws: ArchiveError.self) { try await image.open() }
        #expect(error?.label == "too_new")
        try await archive.close()
    }

    @Test func `leaves the old version where a migration is cut short`() throws {
        let database = try DatabaseQueue()
        database.add(transactionObserver: CommitRefusal(), extent: .databaseLifetime)
        #expect(throws: (any Error).self) { try database.writeWithoutTransaction(Schema.migrate) }
        let (version, objects) = try database.read { database in
            (try Schema.version(of: database), try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema"))
        }
        #expect(version == 0)
        #expect(objects == 0)
    }

    @Test func `empties the log when it is closed`() async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        try await archive.close()
        #expect(try folder.files == ["", "-lock", "-reserve"].map { "frames.printlapse" + $0 })
        await #expect(throws: ArchiveError.closed) { try await archive.store(2) }
    }
}

/// Fails every commit, as a process that dies just before it would.
private final class CommitRefusal: TransactionObserver {
    struct Refused: Error {}
    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseWillCommit() throws { throw Refused() }
    func databaseDidCommit(_ db: Database) {}
    func databaseDidRollback(_ db: Database) {}
}
