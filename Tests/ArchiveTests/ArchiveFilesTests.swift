import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `An archive that loses a file while it is open` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: ["-wal", "-shm"])
    func `says so before it acknowledges anything more, and loses nothing`(ending: String) async throws {
        let archive = try await folder.open()
        for number in 1...3 { try await archive.store(number) }
        try FileManager.default.removeItem(atPath: folder.archive + ending)

        let path = ArchiveFile.resolved(folder.archive)
        for number in 4...5 {
            await #expect(throws: ArchiveError.logRemoved(path: path, isSaved: true)) {
                try await archive.store(number)
            }
        }
        // What a kill at this instant leaves: the file and, where it is still there, the log.
        let image = try TemporaryFolder()
        for ending in ["", "-wal"] where FileManager.default.fileExists(atPath: folder.archive + ending) {
            try FileManager.default.copyItem(atPath: folder.archive + ending, toPath: image.archive + ending)
        }
        let recovered = try await image.open()
        #expect(try await recovered.verify().framesChecked == 3)
        try await recovered.close()

        try await archive.close()
        let again = try await folder.open()
        #expect(try await again.verify().framesChecked == 3)
        #expect(try await again.store(6).id == FrameID(4))
        try await again.close()
    }

    @Test func `says so where another file has taken the log's name`() async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        try FileManager.default.removeItem(atPath: folder.archive + "-wal")
        try Data("something else".utf8).write(to: URL(fileURLWithPath: folder.archive + "-wal"))
        let error = await #expect(throws: ArchiveError.self) { try await archive.store(2) }
        #expect(error?.label == "log_removed")
        #expect(error?.description.contains("all that it held is in the archive") == true)
        try await archive.close()
    }

    @Test func `goes on where its log is emptied, shortened and filled again`() async throws {
        let archive = try await folder.open()
        for number in 1...5 {
            try await archive.store(number)
            #expect(await archive.shortenLog())
        }
        try await archive.close()
    }
}

@Suite struct `An archive with a second name` {
    private let folder: TemporaryFolder
    private var second: String { folder.path + "/second" }

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [ArchiveRole.capture, .care, .edit])
    func `that is a hard link is not written to by either`(role: ArchiveRole) async throws {
        try await folder.open().close()
        try FileManager.default.linkItem(atPath: folder.archive, toPath: second)
        for path in [folder.archive, second] {
            let path = ArchiveFile.resolved(path)
            let error = await #expect(throws: ArchiveError.self) { try await FrameArchive.open(at: path, role: role) }
            #expect(error == .severalNames(path: path, count: 2))
            #expect(error?.hint.contains("-samefile \(path)") == true)
        }
        try FileManager.default.removeItem(atPath: second)
        try await folder.open().close()
    }

    @Test func `given to it while it is open is no harm to it, and is refused`() async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        try FileManager.default.linkItem(atPath: folder.archive, toPath: second)
        for role in [ArchiveRole.capture, .care, .edit] {
            let error = await #expect(throws: ArchiveError.self) {
                try await FrameArchive.open(at: second, role: role)
            }
            #expect(error?.label == "several_names")
        }
        try await archive.store(2)
        try await archive.close()
        #expect(try !folder.files.contains("second-wal"))
    }

    /// A rename gives it one in the place of the other, as a bind mount does: the log is beside another name.
    @Test func `is one archive to those who lock it, whatever its name`() async throws {
        let archive = try await folder.open()
        try await archive.store(1)
        #expect(rename(folder.archive, second) == 0)
        for role in [ArchiveRole.capture, .care, .edit] {
            let error = await #expect(throws: ArchiveError.self) {
                try await FrameArchive.open(at: second, role: role)
            }
            guard case .inUse(_, let holder) = error else { throw try #require(error) }
            #expect(holder.isByAnotherName)
            #expect("\(holder)".contains("by another name"))
        }
        #expect(throws: ArchiveError.self) { try ArchiveFile.requireSharedLog(at: second) }
        #expect(rename(second, folder.archive) == 0)
        try ArchiveFile.requireSharedLog(at: folder.archive)
        try await archive.store(2)
        try await archive.close()
    }

    @Test func `is refused to another process that has it by a bind mount`() async throws {
        try await folder.open().close()
        // The lock is held and the log is made by a process in a mount namespace of its own.
        try #require(SmallDisk.isPossible, "needs leave to mount")
        let archive = try await folder.open()
        try await archive.store(1)
        try Data().write(to: URL(fileURLWithPath: second))
        guard mount(folder.archive, second, nil, UInt(MS_BIND), nil) == 0 else {
            throw CocoaError(.fileWriteNoPermission)
        }
        defer { umount2(second, 2) }
        let error = await #expect(throws: ArchiveError.self) { try await FrameArchive.open(at: second) }
        guard case .inUse(_, let holder) = error else { throw try #require(error) }
        #expect(holder.isByAnotherName)
        try await archive.store(2)
        try await archive.close()
    }

    @Test func `keeps no descriptor for each time that it is cared for`() async throws {
        let archive = try await folder.open()
        func care() throws { _ = try FileLock(archive: ArchiveFile.resolved(folder.archive), role: .care) }
        try care()
        let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        for _ in 1...50 { try care() }
        // Others' tests open and close files meanwhile.
        #expect(try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count < before + 40)
        try await archive.close()
    }
}
