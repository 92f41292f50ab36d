import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `What was acknowledged` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `is there after a power cut at any moment between two stores`() async throws {
        let archive = try await folder.open()
        var acknowledged: [ArchivedFrame] = []
        for number in 0..<12 {
            acknowledged.append(try await archive.store(number))
            let image = try folder.crashImage()
            let recovered = try await image.open()
            for frame in acknowledged {
                #expect(try await recovered.pool.read { try FrameTable.frame(frame.id, in: $0) } == frame)
            }
            #expect(try recovered.lastRun(of: .printer)?.slots == number + 1)
            let report = try await recovered.verify()
            #expect(report.isSound)
            #expect(report.framesChecked == number + 1)
            try await recovered.close()
        }
        try await archive.close()
    }

    @Test func `is there, and nothing half, where the log was cut off anywhere`() async throws {
        let archive = try await folder.open()
        for number in 0..<3 { try await archive.store(number) }
        let log = try Data(contentsOf: URL(fileURLWithPath: folder.archive + "-wal"))
        for length in stride(from: 0, to: log.count, by: max(1, log.count / 25)) {
            let image = try folder.crashImage()
            try log.prefix(length).write(to: URL(fileURLWithPath: image.archive + "-wal"))
            let recovered = try await image.open()
            let report = try await recovered.verify()
            #expect(report.isSound, "cut after \(length) of \(log.count) bytes: \(report)")
            try await recovered.close()
        }
        try await archive.close()
    }

    @Test func `stays where the archive is let go of without closing it`() async throws {
        do {
            let archive = try await folder.open()
            try await archive.store(1)
        }
        let archive = try await folder.open()
        #expect(try archive.lastRun(of: .printer)?.slots == 1)
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }
}

@Suite struct `A store that cannot be` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `for want of room is told as such, and the next one goes on when there is room`() async throws {
        let archive = try await folder.open()
        try await archive.store(0)
        func limit(_ pages: Int) throws {
            try archive.pool.writeWithoutTransaction {
                _ = try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(pages)")
            }
        }
        try limit(1)  // SQLite takes the present size for less than it
        let error = await #expect(throws: ArchiveError.self) { try await archive.store(1, padding: 200_000) }
        #expect(error == .diskFull(path: archive.path))
        #expect(error?.disposition == .wait(atLeast: nil))
        try limit(1_000_000)
        try await archive.store(1, padding: 200_000)
        let report = try await archive.verify()
        #expect(report.isSound)
        #expect(report.framesChecked == 2)
        try await archive.close()
    }

    @Test func `because the file was removed is not acknowledged`() async throws {
        let archive = try await folder.open()
        try await archive.store(0)
        try FileManager.default.moveItem(atPath: folder.archive, toPath: folder.archive + ".gone")
        let error = await #expect(throws: ArchiveError.self) { try await archive.store(1) }
        #expect(error == .replaced(path: archive.path))
        #expect(error?.disposition == .stop)
        #expect(try !folder.files.contains("frames.printlapse"))
    }

    @Test func `because another file took its place is not acknowledged, and that file is left alone`() async throws {
        let archive = try await folder.open()
        try FileManager.default.moveItem(atPath: folder.archive, toPath: folder.archive + ".gone")
        try Data("other".utf8).write(to: URL(fileURLWithPath: folder.archive))
        let error = await #expect(throws: ArchiveError.self) { try await archive.store(1) }
        #expect(error == .replaced(path: archive.path))
        #expect(try String(contentsOfFile: folder.archive, encoding: .utf8) == "other")
    }

    @Test func `because a shell holds the database is told as busy once the timeout is over`() async throws {
        let archive = try await folder.open()
        try await archive.pool.writeWithoutTransaction { _ = try Int.fetchOne($0, sql: "PRAGMA busy_timeout = 1") }
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let shell = try DatabaseQueue(path: folder.archive, configuration: configuration)
        try await shell.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
        let error = await #expect(throws: ArchiveError.self) { try await archive.store(1) }
        #expect(error == .busy(path: archive.path))
        try await shell.writeWithoutTransaction { try $0.rollback() }
        try await archive.store(1)
        try shell.close()
        try await archive.close()
    }
}

@Suite struct `The write-ahead log` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var logLength: Int {
        get throws {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.archive + "-wal")
            return attributes[.size] as? Int ?? 0
        }
    }

    @Test func `stays bounded under a load that never pauses`() async throws {
        let archive = try await folder.open(checkpoints: CheckpointSchedule(limit: ByteCount(1600 << 10)))
        // More than four megabytes go through it.
        for number in 0..<60 { try await archive.store(number, padding: 70_000) }
        #expect(try logLength < 2_400_000)
        try await archive.close()
    }

    /// Without the readers it stays below 2.4 MB, and more than 14 MB go through it.
    @Test func `stays bounded beside checks of the whole archive`() async throws {
        let archive = try await folder.open(checkpoints: CheckpointSchedule(limit: ByteCount(1600 << 10)))
        for number in 0..<40 { try await archive.store(number, padding: 70_000) }
        let catalog = try RestingArchive.pool(folder.archive)
        let checks = Task { [path = archive.path] in
            var checks = 0
            while !Task.isCancelled {
                let report = try await ArchiveVerifier(database: catalog, path: path).verify(VerifyRequest()) { _ in }
                #expect(report.isSound)
                checks += 1
            }
            return checks
        }
        for number in 40..<200 { try await archive.store(number, padding: 70_000) }
        #expect(try logLength < 10_000_000)
        checks.cancel()
        let result = await checks.result
        if case .success(let count) = result { #expect(count > 0) }
        try catalog.close()
        try await archive.close()
    }

    @Test func `grows while a reader holds a snapshot, which never blocks the writer, and is emptied after`()
        async throws
    {
        let archive = try await folder.open(checkpoints: CheckpointSchedule(limit: ByteCount(1600 << 10)))
        try await archive.store(0)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: folder.archive, configuration: configuration)
        try await reader.writeWithoutTransaction { database in
            try database.beginTransaction(.deferred)
            _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM frame")
        }
        for number in 1..<40 { try await archive.store(number, padding: 70_000) }
        let grown = try logLength
        #expect(grown > 3_000_000)
        let seen = try await reader.writeWithoutTransaction { database in
            let seen = try Int.fetchOne(database, sql: "SELECT count(*) FROM frame")
            try database.rollback()
            return seen
        }
        #expect(seen == 1)
        for number in 40..<80 { try await archive.store(number, padding: 70_000) }
        #expect(try logLength <= grown + 2_400_000)
        try reader.close()
        try await archive.close()
        #expect(try folder.files == ["", "-lock", "-reserve"].map { "frames.printlapse" + $0 })
    }
}
