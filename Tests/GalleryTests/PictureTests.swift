import Archive
import CTurboJPEG
import Deduplication
import Foundation
import HTTPTypes
import NIOCore
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Catalog
@testable import Gallery

/// What libjpeg makes of a JPEG at full size.
func decoded(_ jpeg: ByteBuffer) throws -> (size: PixelSize, pixels: Pixels) {
    var (width, height, sampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    let handle = try #require(tjInitDecompress())
    defer { tjDestroy(handle) }
    let bytes = Array(jpeg.readableBytesView)
    #expect(tjDecompressHeader3(handle, bytes, UInt(bytes.count), &width, &height, &sampling, &colours) == 0)
    let size = PixelSize(width: Int(width), height: Int(height))
    return (size, try #require(Pixels(decoding: jpeg, of: size, eighths: 8)))
}

@Suite struct `A frame's picture` {
    private let archive: TemporaryArchive
    private let jpeg = Shot(size: PixelSize(width: 200, height: 120)).jpeg(comment: "first")

    init() throws { archive = try TemporaryArchive() }

    private func fill() async throws -> ArchivedFrame {
        let writer = try await archive.open()
        let frame = try await writer.store(0, jpeg: jpeg)
        try await writer.store(1)
        try await writer.close()
        return frame
    }

    @Test func `is sent byte for byte, named by its SHA-256, and once`() async throws {
        let frame = try await fill()
        let gallery = try archive.gallery()
        let whole = try await gallery.ask("frames/1/picture")
        #expect(whole.status == 200)
        #expect(Array(whole.bytes.readableBytesView) == jpeg.bytes)
        #expect(whole.headers[.eTag] == "\"\(frame.sha256)\"")
        #expect(whole.headers[.cacheControl] == "private, max-age=31536000, immutable")
        #expect(whole.headers[.contentType] == "image/jpeg")
        #expect(whole.headers[.acceptRanges] == "bytes")
        let again = try await gallery.ask("frames/1/picture", [.ifNoneMatch: "\"x\", \"\(frame.sha256)\""])
        #expect(again.status == 304 && again.bytes.readableBytes == 0)
        let head = try await gallery.ask("frames/1/picture", method: .head)
        #expect(head.status == 200 && head.bytes.readableBytes == 0)
        #expect(head.headers[.contentLength] == "\(jpeg.bytes.count)")
        let named = try await gallery.ask("frames/1/picture?download=1")
        #expect(
            named.headers[.contentDisposition] == "attachment; filename=\"printer-20260115T080000.000Z.jpg\"")
    }

    @Test func `is sent in parts`() async throws {
        let frame = try await fill()
        let gallery = try archive.gallery()
        let count = jpeg.bytes.count
        for (range, part) in [
            ("bytes=0-9", 0..<10), ("bytes=10-10", 10..<11), ("bytes=-7", count - 7..<count),
            ("bytes=\(count - 5)-", count - 5..<count), ("bytes=5-\(count * 2)", 5..<count),
            ("bytes=-\(count * 3)", 0..<count),
        ] {
            let answer = try await gallery.ask("frames/1/picture", [.range: range])
            #expect(answer.status == 206, "\(range)")
            #expect(Array(answer.bytes.readableBytesView) == Array(jpeg.bytes[part]), "\(range)")
            #expect(answer.headers[.contentRange] == "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(count)")
        }
        for range in ["bytes=\(count)-", "bytes=-0", "bytes=\(count + 9)-\(count + 10)"] {
            let answer = try await gallery.ask("frames/1/picture", [.range: range])
            #expect(answer.status == 416, "\(range)")
            #expect(answer.headers[.contentRange] == "bytes */\(count)")
        }
        for range in ["bytes=0-1,4-5", "bytes=9-5", "lines=1-2", "bytes=x-"] {
            let answer = try await gallery.ask("frames/1/picture", [.range: range])
            #expect(answer.status == 200 && answer.bytes.readableBytes == count, "\(range)")
        }
        let other = try await gallery.ask("frames/1/picture", [.range: "bytes=0-1", .ifRange: "\"other\""])
        #expect(other.status == 200)
        let same = try await gallery.ask("frames/1/picture", [.range: "bytes=0-1", .ifRange: "\"\(frame.sha256)\""])
        #expect(same.status == 206)
    }

    @Test(arguments: [(16, 1), (25, 1), (26, 2), (50, 2), (51, 3), (100, 4), (175, 7)])
    func `comes in the smallest eighth that is as wide as asked`(width: Int, eighths: Int) async throws {
        let frame = try await fill()
        let gallery = try archive.gallery()
        let small = try await gallery.ask("frames/1/picture?width=\(width)")
        #expect(small.status == 200)
        #expect(small.headers[.eTag] == "\"\(frame.sha256)-\(eighths)-jpeg\"")
        let (size, pixels) = try decoded(small.bytes)
        #expect(size == PixelSize(width: (200 * eighths + 7) / 8, height: (120 * eighths + 7) / 8))
        let expected = try #require(Pixels(decoding: ByteBuffer(bytes: jpeg.bytes), of: frame.size, eighths: eighths))
        #expect(pixels.meanDifference(to: expected) < 4)
        let again = try await gallery.ask(
            "frames/1/picture?width=\(width)", [.ifNoneMatch: "\"\(frame.sha256)-\(eighths)-jpeg\""])
        #expect(again.status == 304)
    }

    @Test func `is the picture itself where no smaller one is wide enough`() async throws {
        _ = try await fill()
        let whole = try await archive.gallery().ask("frames/1/picture?width=176")
        #expect(Array(whole.bytes.readableBytesView) == jpeg.bytes)
    }

    @Test(arguments: ["", "?width=32"])
    func `is not sent where its bytes are not what was stored`(query: String) async throws {
        _ = try await fill()
        try archive.sqlite("UPDATE picture_content SET jpeg = zeroblob(999) WHERE id = 1")
        let gallery = try archive.gallery()
        let answer = try await gallery.ask("frames/1/picture\(query)")
        #expect(answer.status == 422)
        #expect(try answer.json["label"] as? String == "damaged")
        #expect(try await gallery.ask("frames/2/picture\(query)").status == 200)
    }

    @Test func `that was compacted is named by what is sent`() async throws {
        let frame = try await fill()
        let other = Shot(size: frame.size, light: 3).jpeg(comment: "smaller")
        let digest = SHA256Digest(hashing: ByteBuffer(bytes: other.bytes))
        let hex = other.bytes.map { String(format: "%02x", $0) }.joined()
        try archive.sqlite(
            """
            UPDATE picture_content SET jpeg = x'\(hex)' WHERE id = 1;
            UPDATE picture SET stored_sha256 = x'\(digest)', stored_bytes = \(other.bytes.count) WHERE content_id = 1;
            """)
        let gallery = try archive.gallery()
        let answer = try await gallery.ask("frames/1/picture")
        #expect(Array(answer.bytes.readableBytesView) == other.bytes)
        #expect(answer.headers[.eTag] == "\"\(digest)\"")
        #expect(try await gallery.ask("frames/1/picture", [.ifNoneMatch: "\"\(digest)\""]).status == 304)
    }

    @Test(arguments: [0, 15, 16_385, -1])
    func `has no width out of its range`(width: Int) async throws {
        _ = try await fill()
        #expect(try await archive.gallery().ask("frames/1/picture?width=\(width)").status == 400)
    }
}

extension Pixels {
    /// Of all bytes, to a picture of the same size.
    func meanDifference(to other: Pixels) -> Double {
        guard size == other.size else { return .infinity }
        let sum = zip(bytes, other.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(bytes.count)
    }

    /// A part of this picture.
    func part(x: Int, y: Int, _ part: PixelSize) -> Pixels {
        var bytes: [UInt8] = []
        for row in y..<y + part.height {
            let start = (row * size.width + x) * 3
            bytes += self.bytes[start..<start + part.width * 3]
        }
        return Pixels(size: part, bytes: bytes)
    }
}
