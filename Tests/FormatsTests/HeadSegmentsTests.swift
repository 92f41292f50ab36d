import NIOCore
import TestSupport
import Testing

@testable import Formats

@Suite struct `The segments before a JPEG's first scan` {
    private func segments(_ bytes: [UInt8]) -> (markers: [String], reachedScan: Bool) {
        guard var segments = HeadSegments(of: ByteBuffer(bytes: bytes)) else { return ([], false) }
        var markers: [String] = []
        while let segment = segments.next() { markers.append("\(segment.marker)") }
        return (markers, segments.reachedScan)
    }

    @Test func `are told up to the scan and not beyond`() {
        let (markers, reachedScan) = segments(TestJPEG.picture().bytes)
        #expect(markers.first == "APP0" && markers.contains("DQT") && markers.contains("SOF0"))
        #expect(!markers.contains("SOS") && reachedScan)
    }

    @Test func `may have bytes that fill up before them, which belong to them`() throws {
        let bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xFF, 0xFF, 0xE1, 0, 4, 7, 8, 0xFF, 0xDA]
        let segments = try #require(HeadSegments(of: ByteBuffer(bytes: bytes)))
        let all = Array(segments)
        #expect(all.map(\.place) == [2..<10])
        #expect(all.map { Array($0.content.readableBytesView) } == [[7, 8]])
    }

    /// Whoever reads a picture's beginning alone reads a segment as far as it goes.
    @Test func `end with the one that is cut short, which says so`() throws {
        let bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE1, 0, 20] + Array("Exif\0\0II".utf8)
        var segments = try #require(HeadSegments(of: ByteBuffer(bytes: bytes)))
        let next = segments.next()
        let segment = try #require(next)
        #expect(!segment.isWhole)
        #expect(segment.exif == ByteBuffer(string: "II"))
        let another = segments.next()
        #expect(another == nil)
        #expect(!segments.reachedScan)
    }

    @Test(
        arguments: [
            [], [0xFF], [0xFF, 0xD8], [0xFF, 0xD8, 0xFF], [0xFF, 0xD8, 0xFF, 0xFF, 0xFF], [0xFF, 0xD8, 0xFF, 0xD9],
            [0xFF, 0xD8, 0xFF, 0xE0], [0xFF, 0xD8, 0xFF, 0xE0, 0, 1], [0xFF, 0xD8, 0xFF, 0, 0, 4, 1, 1],
            [0xFF, 0xD8, 7, 0xE0, 0, 2], [0x89, 0x50, 0x4E, 0x47],
        ] as [[UInt8]])
    func `are none where there is no sound one`(bytes: [UInt8]) {
        #expect(segments(bytes) == ([], false))
    }
}
