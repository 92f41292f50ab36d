import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `A backup` {
    private let folder: TemporaryFolder
    private let place: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        place = try TemporaryFolder()
    }

    private func make(
        of archive: FrameArchive, at destination: String? = nil, force: Bool = false,
        progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
    ) async throws -> BackupReport {
        try await ArchiveBackup(database: archive.pool, path: archive.path, now: .start)
            .make(at: destination ?? place.archive, force: force, progress: progress)
    }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    @Test func `made while frames are stored has all that were acknowledged before, and is sound`() async throws {
        let archive = try await folder.open(checkpoints: CheckpointSchedule(limit: ByteCount(3 << 20)))
        for number in 0..<100 { try await archive.store(number, padding: 65_000) }
        let begun = Mutex(false)
        let storing = Task {
            for number in 100..<200 { try await archive.store(number) }
        }
        let report = try await make(of: archive) { _ in begun.withLock { $0 = true } }
        try await storing.value
        #expect(begun.withLock { $0 })
        #expect((100...200).contains(report.frames))
        #expect(report.pictures == report.frames)
        #expect(try place.files == ["frames.printlapse"])
        #expect(try bytes(place.archive).count == report.bytes.bytes)
        let copy = try await place.open()
        #expect(try await copy.verify().isSound)
        #expect(try await copy.verify().framesChecked == report.frames)
        // It is an archive like any other, and goes on as one.
        try await copy.store(500)
        try await copy.close()
        try await archive.close()
    }

    @Test func `in a folder has the archive's name with the time`() async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        let report = try await make(of: archive, at: place.path)
        #expect(report.path.hasSuffix("/frames-2027-01-15T08-00-00Z.printlapse"))
        #expect(try place.files == ["frames-2027-01-15T08-00-00Z.printlapse"])
        try await archive.close()
    }

    @Test func `replaces an earlier one of the same archive`() async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        #expect(try await !make(of: archive).replaced)
        try await archive.store(2)
        let second = try await make(of: archive)
        #expect(second.replaced)
        #expect(second.frames == 2)
        try await archive.close()
    }

    @Test func `replaces nothing else unless it has to`() async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        _ = try await make(of: archive)
        let earlier = try bytes(place.archive)
        // The backup goes on by itself, and has more than the archive then.
        let ahead = try await place.open()
        try await ahead.store(5)
        try await ahead.store(6)
        await #expect(throws: BackupError.self) { try await make(of: archive) }  // in use
        try await ahead.close()
        let newer = try bytes(place.archive)
        for (content, reason) in [(newer, "newer frames"), (Data("notes".utf8), "no backup"), (Data(), "no backup")] {
            try content.write(to: URL(fileURLWithPath: place.archive))
            let error = await #expect(throws: BackupError.self) { try await make(of: archive) }
            #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
            #expect(try bytes(place.archive) == content)
        }
        let other = try TemporaryFolder()
        try await other.open().close()
        try await DatabaseQueue(path: other.archive).write {
            try $0.execute(sql: "UPDATE archive_info SET created_at = 5")
        }
        try bytes(other.archive).write(to: URL(fileURLWithPath: place.archive))
        let error = await #expect(throws: BackupError.self) { try await make(of: archive) }
        #expect(error?.description.contains("another archive") == true)

        #expect(try await make(of: archive, force: true).replaced)
        #expect(try bytes(place.archive).count >= earlier.count)
        #expect(try place.files.filter { $0.hasPrefix(".") } == [])
        try await archive.close()
    }

    @Test(arguments: ["", "-wal", "-shm", "-lock"])
    func `is never made over the archive itself`(ending: String) async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        let error = await #expect(throws: BackupError.self) {
            try await make(of: archive, at: folder.archive + ending, force: true)
        }
        #expect(error?.label == "same_file")
        let link = place.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.archive)
        await #expect(throws: BackupError.self) { try await make(of: archive, at: link, force: true) }
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `of a damaged archive is none, and the earlier one stays`() async throws {
        let archive = try await folder.open()
        for number in 0..<5 { try await archive.store(number) }
        _ = try await make(of: archive)
        let earlier = try bytes(place.archive)
        try await archive.pool.writeWithoutTransaction {
            try $0.execute(sql: "UPDATE picture_content SET jpeg = x'00' WHERE id = 3")
        }
        let error = await #expect(throws: BackupError.self) { try await make(of: archive) }
        #expect(error?.description.contains("frame 3") == true)
        #expect(try bytes(place.archive) == earlier)
        #expect(try place.files == ["frames.printlapse"])

        _ = try await archive.repair()
        let report = try await make(of: archive)
        #expect(report.quarantined == 1)
        try await archive.close()
    }

    @Test func `that is cancelled leaves nothing`() async throws {
        let archive = try await folder.open()
        for number in 0..<40 { try await archive.store(number, padding: 130_000) }
        let maker = ArchiveBackup(database: archive.pool, path: archive.path, now: .start)
        let (steps, step) = AsyncStream.makeStream(of: Void.self)
        let task = Task { [place] in
            _ = try await maker.make(at: place.archive, force: false) { _ in step.yield() }
        }
        for await _ in steps { break }
        task.cancel()
        let result = await task.result
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(try place.files == [])
        try await archive.close()
    }

    @Test func `clears away what a killed one left, and leaves alone what another is making`() async throws {
        let leftover = place.path + "/.printlapse-backup-1abc"
        for ending in ["", "-wal"] { try Data("half".utf8).write(to: URL(fileURLWithPath: leftover + ending)) }
        let other = try PartialBackup(
            for: BackupTarget(place.path + "/other", of: folder.archive, at: .start, force: false))
        #expect(try place.files == [URL(fileURLWithPath: other.path).lastPathComponent])
        let archive = try await folder.open()
        try await archive.store(1)
        _ = try await make(of: archive)
        #expect(try place.files.count == 2)
        other.discard()
        try await archive.close()
    }
}
