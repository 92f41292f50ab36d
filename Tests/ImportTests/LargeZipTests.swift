import Foundation
import NIOCore
import TestSupport
import TestThreads
import Testing
import Vocabulary

@testable import Import

@Suite struct `A ZIP that is too large for what packed it` {
    private let bench: ImportBench

    init() throws { bench = try ImportBench() }

    @Test(.ownThread) func `has its count cut to 16 bits`() async throws {
        var zip = ZipBuilder()
        for number in 0..<65_538 {
            zip.entries.append(ZipBuilder.Entry(name: "notes/\(number).txt", content: []))
        }
        zip.entries.append(
            ZipBuilder.Entry(name: "2026-05-01_10-00-00.jpg", content: ImportBench.picture(1).bytes))
        try bench.write(zip.bytes, to: "finder.zip")
        let report = try await bench.run("finder.zip")
        #expect((report.found, report.stored, report.otherFiles) == (1, 1, 65_538))
        // One entry more or less than it says is damage all the same.
        var bytes = zip.bytes
        bytes[bytes.count - 12] ^= 1
        bytes[bytes.count - 14] ^= 1
        try bench.write(bytes, to: "damaged.zip")
        #expect(try await bench.run("damaged.zip").refused.map(\.label) == ["zip_damaged"])
    }

    /// A sparse file: entries before and behind 4 GiB, and a list at its end, all places cut to 32 bits.
    @Test func `has its places cut to 32 bits`() async throws {
        var pictures = ZipBuilder()
        for second in 0..<2 {
            pictures.entries.append(
                ZipBuilder.Entry(name: "2026-05-01_10-00-0\(second).jpg", content: ImportBench.picture(second).bytes))
        }
        let bytes = pictures.bytes
        let path = bench.path("camera.zip")
        // The second entry moves up by 4 GiB, and so does all behind it; what was there is a hole.
        let second = try #require(bytes.indices.dropFirst().first { bytes[$0...].starts(with: [0x50, 0x4B, 3, 4]) })
        #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes[..<second])))
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seek(toOffset: UInt64(second) + 1 << 32)
        try file.write(contentsOf: Data(bytes[second...]))
        try file.close()
        let report = try await bench.run("camera.zip")
        #expect((report.stored, report.refused) == (2, []))
    }

    @Test func `has more entries than are held in memory, and is refused before they are read`() throws {
        var zip = ZipBuilder()
        for number in 0..<100 { zip.entries.append(ZipBuilder.Entry(name: "\(number).jpg", content: [])) }
        try bench.write(zip.bytes, to: "many.zip")
        let path = RawPath(bench.path("many.zip"))
        #expect(try ZipArchive(path, entryLimit: 100).count == 100)
        let error = #expect(throws: ZipProblem.self) { try ZipArchive(path, entryLimit: 99) }
        #expect(error?.label == "too_many_entries")
        #expect(error?.reason.contains("unpack it") == true)
    }

    @Test func `may have something behind it`() async throws {
        var zip = ZipBuilder(entries: [
            ZipBuilder.Entry(name: "2026-05-01_10-00-00.jpg", content: ImportBench.picture(1).bytes)
        ])
        zip.comment = Array("camera".utf8)
        try bench.write(zip.bytes + Array(repeating: 0, count: 300), to: "padded.zip")
        #expect(try await bench.run("padded.zip").stored == 1)
    }
}
