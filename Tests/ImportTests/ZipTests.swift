import Formats
import Foundation
import NIOCore
import TestSupport
import TestThreads
import Testing
import Vocabulary

@testable import Import

@Suite struct `A ZIP` {
    private let folder: TemporaryFolder
    private let limit = ByteCount(1 << 20)
    private static let content = Array((0..<5000).map { UInt8(truncatingIfNeeded: $0 / 3) })

    init() throws { folder = try TemporaryFolder() }

    private func open(_ bytes: [UInt8]) throws -> ZipArchive {
        let path = folder.url.appending(path: "\(UUID().uuidString).zip").path
        try Data(bytes).write(to: URL(filePath: path))
        return try ZipArchive(RawPath(path))
    }

    private func entry(_ change: (inout ZipBuilder.Entry) -> Void = { _ in }) -> ZipBuilder.Entry {
        var entry = ZipBuilder.Entry(name: "frame000001.jpg", content: Self.content)
        change(&entry)
        return entry
    }

    private func problem(_ builder: ZipBuilder) -> ZipProblem? {
        do {
            let zip = try open(builder.bytes)
            for entry in zip.entries { _ = try zip.content(of: entry, limit: limit) }
            return nil
        } catch { return error as? ZipProblem }
    }

    @Test(arguments: [UInt16(0), 8], [false, true])
    func `gives back what was stored or deflated, also with fields of 64 bits`(method: UInt16, isWide: Bool) throws {
        let one = entry { ($0.method, $0.isWide) = (method, isWide) }
        var other = one
        (other.name, other.content) = ("ordner/täst.jpg", [1, 2, 3])
        let zip = try open(ZipBuilder(entries: [one, other]).bytes)
        #expect(zip.entries.map(\.path) == ["frame000001.jpg", "ordner/täst.jpg"])
        #expect(try zip.content(of: zip.entries[0], limit: limit) == ByteBuffer(bytes: Self.content))
        #expect(try zip.content(of: zip.entries[1], limit: limit) == ByteBuffer(bytes: [1, 2, 3]))
        #expect(try zip.head(of: zip.entries[0], upTo: 100) == ByteBuffer(bytes: Self.content.prefix(100)))
        #expect(try zip.head(of: zip.entries[0], upTo: 9000) == ByteBuffer(bytes: Self.content))
    }

    @Test func `may have something before it and a comment behind it`() throws {
        let builder = ZipBuilder(
            entries: [entry()], prefix: Array("#!/bin/sh\n".utf8), comment: Array("PK\u{5}\u{6}".utf8))
        let zip = try open(builder.bytes)
        #expect(try zip.content(of: zip.entries[0], limit: limit) == ByteBuffer(bytes: Self.content))
    }

    @Test func `tells its entries' dates, in UTC where it has them so`() throws {
        var local = CivilTime(year: 2026, month: 11, day: 23)
        (local.hour, local.minute, local.second) = (14, 5, 10)
        let entries = [
            entry(), entry { $0.extra = ZipBuilder.utc(1_795_442_710) }, entry { ($0.date, $0.time) = (0, 0) },
        ]
        #expect(
            try open(ZipBuilder(entries: entries).bytes).entries.map(\.changed)
                == [.wall(local), .instant(Timestamp(seconds: 1_795_442_710)), nil])
    }

    @Test func `that is damaged, encrypted or packed otherwise is refused by name`() {
        #expect(problem(ZipBuilder(entries: [entry { $0.checksum = 1 }])) == .checksum)
        #expect(problem(ZipBuilder(entries: [entry { $0.flags = 1 }])) == .encrypted)
        #expect(problem(ZipBuilder(entries: [entry { $0.method = 14 }]))?.reason.contains("LZMA") == true)
        #expect(problem(ZipBuilder(entries: [entry { $0.method = 77 }]))?.reason.contains("method 77") == true)
        #expect(
            problem(ZipBuilder(entries: [entry { ($0.method, $0.claimedSize) = (8, 4999) }]))?.label == "zip_damaged")
        #expect(
            problem(ZipBuilder(entries: [entry { ($0.method, $0.claimedSize) = (8, 5001) }]))?.label == "zip_damaged")
        #expect(problem(ZipBuilder(entries: [entry()])) == nil)
    }

    @Test(.ownThread) func `that is a bomb costs no more than the limit`() throws {
        let bomb = entry { ($0.method, $0.content) = (8, Array(repeating: 0, count: 3 << 20)) }
        #expect(problem(ZipBuilder(entries: [bomb]))?.label == "too_large")
        // It says that it is small.
        var lie = bomb
        lie.claimedSize = 1000
        #expect(problem(ZipBuilder(entries: [lie]))?.label == "zip_damaged")
        var huge = entry { $0.isWide = true }
        huge.claimedSize = Int.max
        #expect(problem(ZipBuilder(entries: [huge]))?.label == "too_large")
    }

    @Test(.ownThread) func `that is cut short anywhere is refused`() throws {
        let whole = ZipBuilder(entries: [entry { $0.method = 8 }, entry { $0.isWide = true }]).bytes
        for count in stride(from: 0, to: whole.count, by: 7) {
            #expect(throws: ZipProblem.self) { try open(Array(whole.prefix(count))) }
        }
    }

    @Test(.ownThread) func `survives any byte of its list being another`() throws {
        let builder = ZipBuilder(entries: [
            entry { ($0.method, $0.content) = (8, [1, 2, 3]) }, entry { $0.isWide = true },
        ])
        let whole = builder.bytes
        for place in stride(from: whole.count - 320, to: whole.count, by: 3) {
            for value: UInt8 in [0, 0x7F, 0xFF] {
                var changed = whole
                changed[place] = value
                guard let zip = try? open(changed) else { continue }
                for entry in zip.entries {
                    _ = try? zip.content(of: entry, limit: limit)
                    _ = try? zip.head(of: entry, upTo: 100)
                }
            }
        }
    }
}
