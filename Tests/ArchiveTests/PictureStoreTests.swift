import Foundation
import GRDB
import NIOCore
import TestSupport
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

    /// The leaves of the table are nearly full: of what stands in no page of its own a twentieth is left empty, at most.
    @Test(arguments: [9_000, 17_000, 36_000])
    func `fills its pages with several put at once, and gives each its number`(length: Int) async throws {
        let lengths = (0..<200).map { length + $0 * 7919 % (length / 4) }
        func pages(_ archive: FrameArchive) throws -> Int {
            try archive.read { database throws in try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0 }
        }
        let new = lengths.enumerated().map { place, length in
            NewContent(ByteBuffer(repeating: UInt8(place), count: length), of: digest(UInt8(place)))
        }
        let archive = try await folder.open()
        let pictures = archive.pictures
        let empty = try pages(archive)
        let contents = try await archive.commit { try pictures.put(new, in: $0) }
        let together = try pages(archive)
        for (place, content) in contents.enumerated() {
            #expect(try archive.read { try pictures.get(content, in: $0) } == new[place].bytes)
        }
        try await archive.commit { database in
            for content in new { _ = try pictures.put(content.bytes, of: content.sha256, in: database) }
        }
        let oneByOne = try pages(archive) - together
        try await archive.close()

        let packing = LeafPacking(pageSize: 2048)
        let rests = lengths.map(packing.rest).reduce(0, +)
        // A record has 38 bytes beside the picture, its rest in the leaf 13.
        let own = lengths.map { ($0 + 38 - (packing.rest(ofLength: $0) - 13) + 2043) / 2044 }.reduce(0, +)
        // One page in 410 says of those that follow what they belong to.
        let leaves = together - empty - own - (together - empty) / 410
        #expect(leaves * 2048 < rests * 21 / 20 + 3 * 2048, "\(leaves) leaves for \(rests) bytes")
        #expect(together - empty < oneByOne)
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

    @Test func `says of what lies in a pack where it does, and takes it for nothing missing`() async throws {
        let archive = try await folder.open()
        let pictures = archive.pictures
        let contents = try await archive.commit { database in
            let contents = try (0..<3).map { number in
                try pictures.put(ByteBuffer(string: "picture \(number)"), of: digest(UInt8(number)), in: database)
            }
            try database.execute(
                sql: """
                    INSERT INTO pack_store VALUES (1, '/store', 'folder');
                    INSERT INTO pack (id, store_id, name, sha256, bytes, noted_at, stored_at)
                    VALUES (1, 1, 'folder/pack.zip', zeroblob(32), 1000, 0, 0)
                    """)
            for content in contents[1...] {
                try pictures.moveOut(content, to: 100..<109, ofPack: 1, orientation: 6, in: database)
            }
            return contents
        }
        let place = PackedPlace(store: "/store", pack: "folder/pack.zip", packSize: 1000, range: 100..<109)
        try archive.read { database throws in
            #expect(try pictures.place(of: contents[0], in: database) == .here(bytes("picture 0")))
            #expect(try pictures.place(of: contents[2], in: database) == .packed(place))
            #expect(try pictures.getHere(contents[2], in: database) == nil)
            #expect(throws: ArchiveError.offloaded(path: archive.path, store: "/store")) {
                try pictures.get(contents[2], in: database)
            }
            #expect(try pictures.walk(after: nil, limit: 9, in: database).map(\.content) == contents)
            #expect(try pictures.picture(of: contents[2], in: database) == digest(2))
            #expect(try pictures.heads(of: contents, count: 3, in: database) == [contents[0]: bytes("pic")])
            #expect(try PackTable.totals(in: database) == (2, ByteCount(18)))
        }
        let next = try await archive.commit { database in
            let next = try pictures.put(ByteBuffer(string: "next"), of: digest(9), in: database)
            try pictures.bringBack(contents[1], bytes("picture 1"), in: database)
            try pictures.delete(contents[2], in: database)
            return next
        }
        #expect(next > contents[2])
        try archive.read { database throws in
            #expect(try pictures.get(contents[1], in: database) == bytes("picture 1"))
            #expect(try pictures.place(of: contents[2], in: database) == nil)
            #expect(try PackTable.totals(in: database) == (0, .zero))
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
            knowing == [
                "PictureContents.swift", "SchemaDocumentation+Tables.swift", "SchemaVersion1.swift",
                "SchemaVersion8.swift",
            ])
    }
}
