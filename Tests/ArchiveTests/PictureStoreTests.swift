import Foundation
import GRDB
import NIOCore
import Testing
import Vocabulary

@testable import Archive
@testable import Storage

/// What every place for pictures has to keep to, whatever it is made of.
@Suite struct `A store of pictures` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func digest(_ byte: UInt8) -> SHA256Digest { SHA256Digest(bytes: Array(repeating: byte, count: 32))! }

    private func bytes(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

    @Test func `gives back what was put, in the order asked for`() async throws {
        let archive = try await folder.open()
        let pictures = archive.pictures
        let contents = try await archive.commit { database in
            try ["one", "two", "three"].enumerated().map { index, text in
                try pictures.put(ByteBuffer(string: text), of: digest(UInt8(index)), in: database)
            }
        }
        #expect(contents == contents.sorted() && Set(contents).count == 3)
        try archive.read { database throws in
            #expect(try pictures.get(contents[1], in: database) == bytes("two"))
            #expect(
                try pictures.get([contents[2], 99, contents[0]], in: database) == [bytes("three"), nil, bytes("one")])
            #expect(
                try pictures.heads(of: contents + [99], count: 3, in: database)
                    == [contents[0]: bytes("one"), contents[1]: bytes("two"), contents[2]: bytes("thr")])
            #expect(try pictures.picture(of: contents[2], in: database) == digest(2))
            #expect(try pictures.picture(of: 99, in: database) == nil)
        }
        try await archive.close()
    }

    @Test func `is walked through from any place, in pieces`() async throws {
        let archive = try await folder.open()
        let pictures = archive.pictures
        let contents = try await archive.commit { database in
            try (0..<5).map { try pictures.put(ByteBuffer(string: "\($0)"), of: digest($0), in: database) }
        }
        let all = zip(contents, 0..<5).map { StoredPicture(content: $0, sha256: digest($1)) }
        try archive.read { database throws in
            #expect(try pictures.walk(after: nil, limit: 9, in: database) == all)
            #expect(try pictures.walk(after: nil, limit: 2, in: database) == Array(all[..<2]))
            #expect(try pictures.walk(after: contents[1], limit: 2, in: database) == Array(all[2..<4]))
            #expect(try pictures.walk(after: contents[4], limit: 2, in: database) == [])
        }
        try await archive.commit { try pictures.delete(contents[2], in: $0) }
        try archive.read { database throws in
            #expect(
                try pictures.walk(after: nil, limit: 9, in: database).map(\.content)
                    == contents.filter { $0 != contents[2] })
            #expect(try pictures.get(contents[2], in: database) == nil)
        }
        try await archive.close()
    }

    @Test func `has nothing of a transaction that failed`() async throws {
        let archive = try await folder.open()
        let pictures = archive.pictures
        await #expect(throws: ArchiveError.noSuchFrames) {
            try await archive.commit { database in
                _ = try pictures.put(ByteBuffer(string: "lost"), of: digest(1), in: database)
                throw ArchiveError.noSuchFrames
            }
        }
        #expect(try archive.read { try pictures.walk(after: nil, limit: 9, in: $0) } == [])
        try await archive.close()
    }

    @Test func `lets go of a picture with the last frame that shows it, and not before`() async throws {
        let archive = try await folder.open()
        for (slot, picture) in [1, 2, 1].enumerated() { try await archive.store(picture, slot: slot) }
        let pictures = archive.pictures
        for (frame, left) in [(1, 2), (3, 1)] {
            try await archive.commit { database in
                let gone = try Row.fetchAll(
                    database, sql: "DELETE FROM frame WHERE id = ? RETURNING sha256", arguments: [frame]
                ).map { try $0.sha256(at: 0) }
                #expect(gone.count == 1)
                try pictures.deleteUnrecorded(gone, in: database)
            }
            #expect(try archive.read { try pictures.walk(after: nil, limit: 9, in: $0).count } == left)
        }
        try await archive.close()
    }

    /// Whoever asked the table by themselves would find nothing where pictures lie elsewhere.
    @Test func `alone knows the table that pictures are in`() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var knowing: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            if try String(contentsOf: file, encoding: .utf8).contains("picture_content") {
                knowing.insert(file.lastPathComponent)
            }
        }
        #expect(
            knowing == ["PictureContents.swift", "SchemaDocumentation+Tables.swift", "SchemaVersion1.swift"])
    }
}
