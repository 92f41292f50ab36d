import Archive
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Import

@Suite struct `Hundreds of thousands of pictures` {
    /// What each of them takes while it is imported: a byte more is most of a megabyte.
    @Test func `take few bytes each`() {
        #expect(MemoryLayout<FoundPicture>.stride <= 56)
        #expect(MemoryLayout<RefusedPicture>.stride <= 24)
        #expect(MemoryLayout<DoubtfulTime>.stride <= 32)
    }

    private static let times: [ToldTime?] = [
        nil, ToldTime.instant(Timestamp(milliseconds: 0)), .instant(Timestamp(milliseconds: 1_795_442_710_251)),
        .instant(Timestamp(milliseconds: -1)), .wall(CivilTime(year: 2026, month: 2, day: 28)),
        .wall(CivilTime(year: 1990, month: 1, day: 1)),
    ]

    @Test(arguments: times) func `keep their times in eight bytes`(told: ToldTime?) {
        #expect(CompactTime(told).told == told)
        #expect(MemoryLayout<CompactTime>.size == 8)
    }

    @Test func `have either a number or a date without a year`() {
        let yearless = PictureName(path: "0101000000.jpg")
        #expect(yearless.yearless == .wall(CivilTime(year: 2000, month: 1, day: 1)))
        #expect(yearless.number == nil)
        let last = PictureName(path: "1231235959.jpg")
        #expect(last.yearless?.wallTime?.second == 59)
        let numbered = PictureName(path: "frame000000.jpg")
        #expect(numbered.number == 0)
        #expect(numbered.yearless == nil)
        #expect(PictureName(path: "frame.jpg").number == nil)
    }

    @Test func `are refused for the same in the same words, once in memory and each by its path`() {
        var refused: [RefusedPicture] = []
        for number in 0..<3 {
            refused.add(RefusedPicture(PicturePlace(shown: "a/\(number).jpg"), ZipProblem.encrypted))
        }
        refused.add(RefusedPicture(PicturePlace(shown: "a/3.jpg"), ZipProblem.checksum))
        #expect(refused.map(\.path) == ["a/0.jpg", "a/1.jpg", "a/2.jpg", "a/3.jpg"])
        #expect(refused.map(\.label) == ["zip_encrypted", "zip_encrypted", "zip_encrypted", "zip_damaged"])
        #expect(refused[0] != refused[1])
        #expect(refused[1] == RefusedPicture(PicturePlace(shown: "a/1.jpg"), ZipProblem.encrypted))
    }

    @Test(
        arguments: [
            (["a1", "a2", "a10"], [0, 1, 2]), (["a10", "a2", "a1"], [2, 1, 0]), (["a1", "a10", "a2"], [0, 2, 1]),
            (["a", "a"], [0, 1]), ([], []),
        ] as [([String], [Int])])
    func `come in the natural order of their names, listed in it or not`(names: [String], order: [Int]) {
        let places = names.indices.map { $0 + 100 }
        let ordered = NameOrder(places) { ArraySlice(names[$0 - 100].utf8) }
        #expect(ordered.order == order.map { $0 + 100 })
    }
}

@Suite struct `A ZIP whose list of contents is longer than what is read of it at once` {
    private let bench: ImportBench

    init() throws { bench = try ImportBench() }

    @Test func `has all its entries, by their names`() throws {
        // Of 46 bytes and a name of about 240 each: 2 MB, in pieces of one.
        let names = (0..<7000).map { "\(String(repeating: "folder/", count: 33))\($0).jpg" }
        try bench.write(
            ZipBuilder(entries: names.map { ZipBuilder.Entry(name: $0, content: [1, 2, 3]) }).bytes, to: "long.zip")
        let zip = try ZipArchive(RawPath(bench.path("long.zip")))
        #expect(zip.count == names.count)
        for (index, name) in names.enumerated() {
            guard zip.entry(index)?.path == name else {
                Issue.record("entry \(index) is \(zip.entry(index)?.path ?? "none")")
                break
            }
        }
        let last = try zip.requireEntry(names.count - 1)
        #expect(try zip.content(of: last, limit: ByteCount(100)) == ByteBuffer(bytes: [1, 2, 3]))
    }

    @Test func `is imported by number where names tell no time, and the packer's date is one for all`() async throws {
        var zip = ZipBuilder()
        for number in [3, 1, 2, 10] {
            zip.entries.append(
                ZipBuilder.Entry(name: "x/shot\(number)b.jpg", content: ImportBench.picture(number).bytes))
        }
        try bench.write(zip.bytes, to: "frames.zip")
        _ = try await bench.run("frames.zip")
        let bytes = [1, 2, 3, 10].map { Int64(ImportBench.picture($0).bytes.count) }
        let frames = try await bench.frames()
        #expect(frames.map(\.bytes.bytes) == bytes)
        #expect(frames.map { ($0.capturedAt - frames[0].capturedAt).milliseconds } == [0, 1, 2, 3])
    }
}
