import Archive
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Import

@Suite struct `Names that other systems write` {
    private let bench: ImportBench

    init() throws { bench = try ImportBench() }

    /// `Küche_…` in Latin-1.
    private func latin(_ rest: String) -> [UInt8] { [0x4B, 0xFC] + Array("che_\(rest)".utf8) }

    private func write(_ picture: Int, named name: [UInt8], in folder: String) throws {
        let bytes = ImportBench.picture(picture).bytes
        let file = RawPath(bench.path(folder)).appending(name).withCString { open($0, O_WRONLY | O_CREAT, 0o600) }
        try #require(file >= 0)
        #expect(Glibc.write(file, bytes, bytes.count) == bytes.count)
        close(file)
    }

    @Test func `are pictures whatever their bytes are`() async throws {
        try bench.write(ImportBench.picture(9).bytes, to: "a/kitchen_20260501100009.jpg")
        for second in 0..<3 { try write(second, named: latin("2026050110000\(second).jpg"), in: "a") }
        try write(5, named: latin("notes.txt"), in: "a")
        let folder = RawPath(bench.path("a")).appending([0xE4, 0x62])
        #expect(folder.withCString { mkdir($0, 0o700) } == 0)
        try write(7, named: [0xFF] + Array("2026-05-01_10-00-20.jpg".utf8), in: "a")
        let report = try await bench.run("a")
        #expect((report.found, report.stored, report.otherFiles) == (5, 5, 1))
        #expect(report.times == [.nameLocal: 5])
        #expect(report.refused == [])
    }

    @Test func `are shown so that no two look alike`() {
        #expect(RawPath("täst/a.jpg").shown == "täst/a.jpg")
        #expect(RawPath([0x4B, 0xFC, 0x63]).shown == #"K\xfcc"#)
        #expect(RawPath([0xC3, 0xA4, 0xC3, 0x2F, 0xE2, 0x82]).shown == #"ä\xc3/\xe2\x82"#)
    }

    @Test func `that cannot be looked at are told`() async throws {
        try bench.write(ImportBench.picture(1).bytes, to: "a/2026-05-01_10-00-00.jpg")
        try bench.write(ImportBench.picture(2).bytes, to: "a/closed/2026-05-01_10-00-10.jpg")
        // Folders in folders, until no path leads there any more.
        let name = String(repeating: "n", count: 200)
        var folder = open(bench.path("a"), O_RDONLY | O_DIRECTORY)
        for _ in 0..<25 {
            #expect(mkdirat(folder, name, 0o700) == 0)
            let next = openat(folder, name, O_RDONLY | O_DIRECTORY)
            close(folder)
            folder = next
        }
        close(folder)
        let report = try await bench.run("a")
        #expect(report.stored == 2)
        #expect(report.refused.map(\.label) == ["unreadable"])
        #expect(report.refused.first?.reason.contains("File name too long") == true)

        let remover = try Process.run(URL(filePath: "/bin/rm"), arguments: ["-rf", bench.path("a")])
        remover.waitUntilExit()
    }

    @Test(
        arguments: [
            ([0x4B, 0x81, 0x63], nil, false, "Küc"), ([0x4B, 0xFC, 0x63], nil, false, "Küc"),
            ([0x4B, 0xC3, 0xBC, 0x63], nil, false, "Küc"), ([0x53, 0xE1], nil, false, "Sß"),
            ([0x53, 0xE1], nil, true, "Sá"),
            ([0x61, 0x5C, 0x62], nil, false, "a/b"), ([0x61, 0x2F, 0x62, 0x5C, 0x63], nil, false, #"a/b\c"#),
            // Info-ZIP's name in UTF-8, bound to the other by its checksum (of “x”).
            ([0x78], [1, 0x83, 0x16, 0xDC, 0x8C, 0xC3, 0xBC], true, "ü"),
            ([0x79], [1, 0x83, 0x16, 0xDC, 0x8C, 0xC3, 0xBC], true, "y"),
        ] as [([UInt8], [UInt8]?, Bool, String)])
    func `within ZIPs are read as whoever packed them meant`(
        raw: [UInt8], unicode: [UInt8]?, isUnix: Bool, text: String
    ) {
        #expect(ZipName.text(raw, unicode: unicode, isUnix: isUnix) == text)
    }

    @Test func `within ZIPs may have backslashes between their parts`() async throws {
        var zip = ZipBuilder()
        for second in 0..<5 {
            zip.entries.append(
                ZipBuilder.Entry(
                    name: #"2026-05-01\14-05-\#(second)0.jpg"#, content: ImportBench.picture(second).bytes))
        }
        try bench.write(zip.bytes, to: "camera.zip")
        let report = try await bench.run("camera.zip")
        #expect(report.times == [.nameLocal: 5])
        #expect(report.doubtful == [])
        #expect(try await bench.frames().first?.capturedAt.description == "2026-05-01T14:05:00.000Z")
    }

    @Test func `are put in order as people count`() {
        let names = ["a10", "a2", "a02", "b", "a", "a2b", "a1"].map { Array($0.utf8) }
        let sorted = names.sorted { NaturalOrder.precedes($0[...], $1[...]) }.map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(sorted == ["a", "a1", "a02", "a2", "a2b", "a10", "b"])
    }
}
