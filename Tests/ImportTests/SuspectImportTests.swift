import Archive
import TestSupport
import Testing
import Vocabulary

@testable import Import

@Suite struct `Importing pictures that may be torn` {
    private let bench: ImportBench

    init() throws { bench = try ImportBench() }

    private func write(_ picture: TestJPEG, _ second: Int) throws {
        try bench.write(picture.bytes, to: "cam/2026-11-23/14-05-\(second < 10 ? "0" : "")\(second).jpg")
    }

    private func odd(_ seed: UInt64) -> TestJPEG {
        let picture = TestJPEG.picture(seed: seed)
        return picture.cut(to: picture.bytes.count - 2) + (0..<651).map { UInt8($0 % 251) } + TestJPEG.endOfImage
    }

    @Test func `refuses spliced ones, and keeps those with a grey foot under suspicion`() async throws {
        var grey = TestScene(width: 160, height: 120)
        grey.greyRows = 60
        try write(.picture(seed: 1), 1)
        try write(odd(2), 2)
        try write(TestEncoding.baseline.encode(grey), 3)
        try write(.picture(seed: 4), 4)
        let report = try await bench.run("cam")
        #expect(report.refused.map(\.label) == ["corrupt_data"])
        #expect(report.refused.first?.reason.contains("left over") == true)
        #expect(report.suspect == 1)
        #expect(try await bench.frames().map { $0.suspicion?.kind } == [nil, .greyFoot, nil])
    }

    @Test func `keeps one with a seam under suspicion`() async throws {
        for second in 1...4 {
            let scene = TestScene(width: 320, height: 240, seed: UInt64(second))
            try write(
                TestEncoding.baseline.encode(second == 3 ? scene.torn(fromRow: 7, column: 9, by: 20) : scene), second)
        }
        let report = try await bench.run("cam")
        #expect(report.suspect == 1)
        #expect(try await bench.frames().map { $0.suspicion?.kind } == [nil, nil, .seam, nil])
    }

    @Test func `takes all of a camera whose every picture has bytes left over, in their order`() async throws {
        for number in 1...12 { try write(odd(UInt64(number)), number) }
        let report = try await bench.run("cam")
        #expect(report.refused.isEmpty)
        #expect(report.stored == 12)
        #expect(report.suspect == 12)
        let frames = try await bench.frames()
        #expect(frames.allSatisfy { $0.suspicion?.kind == .oddScan })
        #expect(frames.map(\.capturedAt) == frames.map(\.capturedAt).sorted())
    }

    private func endless(_ seed: UInt64) -> TestJPEG {
        let picture = TestJPEG.picture(seed: seed)
        return picture.cut(to: picture.bytes.count - 2)
    }

    @Test func `takes all of a camera whose every picture lacks its end marker, marked and as they are`() async throws {
        for number in 1...12 { try write(endless(UInt64(number)), number) }
        let report = try await bench.run("cam")
        #expect(report.refused.isEmpty)
        #expect(report.stored == 12)
        let frames = try await bench.frames()
        #expect(frames.allSatisfy { $0.suspicion?.kind == .noEOI })
        #expect(frames.map(\.bytes.bytes) == (1...12).map { Int64(endless(UInt64($0)).bytes.count) })
    }

    @Test func `refuses one that lacks its end marker among others that have it`() async throws {
        for number in 1...12 {
            try write(number.isMultiple(of: 4) ? endless(UInt64(number)) : .picture(seed: UInt64(number)), number)
        }
        let report = try await bench.run("cam")
        #expect(report.refused.map(\.label) == ["truncated", "truncated", "truncated"])
        #expect(report.stored == 9)
        #expect(report.suspect == 0)
    }

    @Test func `refuses a few such ones`() async throws {
        for number in 1...5 { try write(odd(UInt64(number)), number) }
        let report = try await bench.run("cam")
        #expect(report.refused.count == 5)
        #expect(report.stored == 0)
    }
}
