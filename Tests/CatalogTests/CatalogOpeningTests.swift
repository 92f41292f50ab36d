import Care
import Catalog
import Foundation
import NIOCore
import Storage
import Testing
import Vocabulary

@Suite struct `Opening a catalog` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    @Test func `creates nothing where there is no archive`() throws {
        let error = #expect(throws: ArchiveError.self) { try Catalog.open(at: archive.path) }
        #expect(error?.label == "not_found")
        #expect(try archive.files == [])
        #expect(throws: ArchiveError.self) { try Catalog.open(at: archive.folder + "/no/such/folder/archive") }
    }

    @Test(arguments: ["", "hello", String(repeating: "SQLite format 3\0", count: 20)])
    func `refuses a file that is none, and leaves it alone`(content: String) throws {
        try Data(content.utf8).write(to: URL(fileURLWithPath: archive.path))
        let error = #expect(throws: ArchiveError.self) { try Catalog.open(at: archive.path) }
        #expect(error?.label == "not_an_archive")
        #expect(try Data(contentsOf: URL(fileURLWithPath: archive.path)) == Data(content.utf8))
        #expect(try archive.files == ["frames.printlapse"])
    }

    @Test func `refuses the schema of a newer program by its version`() async throws {
        try await archive.open().close()
        try archive.sqlite("PRAGMA user_version = 1000;")
        let error = #expect(throws: ArchiveError.self) { try Catalog.open(at: archive.path) }
        guard case .tooNew(_, let version) = error else { throw try #require(error) }
        #expect(version == 1000)
    }

    @Test func `works beside a writer, and sees each frame as soon as it is acknowledged`() async throws {
        let writer = try await archive.open()
        let catalog = try Catalog.open(at: archive.path)
        for number in 0..<5 {
            let frame = try await writer.store(number)
            #expect(try await catalog.frame(frame.id) == frame)
        }
        try await writer.close()
        #expect(try await catalog.count(FrameQuery()).frames == 5)
    }

    @Test func `works after the writer was killed, from its log`() async throws {
        let writer = try await archive.open()
        for number in 0..<5 { try await writer.store(number) }
        let image = try TemporaryArchive()
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: archive.path + ending, toPath: image.path + ending)
        }
        let catalog = try Catalog.open(at: image.path)
        #expect(try await catalog.frames(FrameQuery()).count == 5)
        #expect(try await catalog.verify().isSound)
        try await writer.close()
    }

    @Test func `cannot write`() async throws {
        try await archive.open().close()
        let before = try Data(contentsOf: URL(fileURLWithPath: archive.path))
        let catalog = try Catalog.open(at: archive.path)
        _ = try await catalog.frames(FrameQuery())
        try catalog.close()
        #expect(try Data(contentsOf: URL(fileURLWithPath: archive.path)) == before)
        let error = await #expect(throws: ArchiveError.self) { try await catalog.frames(FrameQuery()) }
        #expect(error == .closed)
    }
}
