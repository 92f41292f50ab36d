import NIOCore
import TestSupport
import Testing
import Validation
import Vocabulary

@Suite struct `A snapshot cut short` {
    @Test(arguments: keptEncodings)
    func `is rejected at every offset`(encoding: TestEncoding) {
        let picture = TestJPEG.picture(encoding, width: 32, height: 16)
        for count in 0..<picture.bytes.count {
            let verdict = verdict(on: picture.cut(to: count))
            #expect(verdict == (count == 0 ? .empty : .truncated), "cut to \(count) of \(picture.bytes.count)")
        }
    }

    /// An arithmetic decoder takes the missing data for zeros: only its EOI tells.
    @Test(arguments: keptEncodings.filter { !$0.isArithmetic })
    func `is rejected at every offset, also with an EOI glued on`(encoding: TestEncoding) {
        let picture = TestJPEG.picture(encoding, width: 32, height: 16)
        // With the last two bytes cut the glue mends the picture; with the last one, FF before a marker is only fill.
        for count in 2..<picture.bytes.count - 2 {
            let glued = picture.cut(to: count) + TestJPEG.endOfImage
            #expect(verdict(on: glued) != nil, "cut to \(count) of \(picture.bytes.count)")
        }
        #expect(verdict(on: picture.cut(to: picture.bytes.count - 2) + TestJPEG.endOfImage) == nil)
    }

    @Test(arguments: [TestEncoding.progressive, .progressiveArithmetic, .separateScans])
    func `exactly between two scans is rejected as incomplete`(encoding: TestEncoding) {
        let picture = TestJPEG.picture(encoding)
        let scans = picture.segments(0xDA)
        #expect(scans.count > 2)
        for scan in scans.dropFirst() {
            // Tables that stand before the scan may stay or go.
            let glued = picture.cut(to: scan.range.lowerBound) + TestJPEG.endOfImage
            #expect(verdict(on: glued) == .incomplete)
        }
    }

    @Test func `says where it ends`() throws {
        let picture = TestJPEG.picture()
        let inScan = try #require(refusal(of: picture.cut(to: picture.bytes.count - 100)))
        #expect(inScan.offset == picture.bytes.count - 100)
        #expect(inScan.description.contains("in the entropy-coded data of scan 1"))
        #expect(inScan.receivedBytes == ByteCount(picture.bytes.count - 100))
        let inTable = try #require(refusal(of: picture.cut(to: 30)))
        #expect(inTable.description.contains("inside the DQT segment at byte 20"))
    }
}

@Suite struct `Bytes after the picture` {
    @Test(
        arguments: [[0x00], [0x0D, 0x0A], Array(repeating: 0xFF, count: 4000), [0xFF, 0xD9], [0xFF, 0xD8]] as [[UInt8]])
    func `are cut off and counted`(surplus: [UInt8]) throws {
        let picture = TestJPEG.picture()
        let frame = try FrameValidator().validate((picture + surplus).snapshot())
        #expect(Array(frame.bytes.readableBytesView) == picture.bytes)
        #expect(frame.surplusBytes == surplus.count)
    }

    @Test func `may be a second picture, of which nothing is kept`() throws {
        let (first, second) = (TestJPEG.picture(width: 48, height: 32), TestJPEG.picture(width: 96, height: 64))
        let frame = try FrameValidator().validate((first + second.bytes).snapshot())
        #expect(frame.size == PixelSize(width: 48, height: 32))
        #expect(Array(frame.bytes.readableBytesView) == first.bytes)
        #expect(frame.surplusBytes == second.bytes.count)
    }

    @Test func `may be the other pictures of a multi-picture file`() throws {
        let first = TestJPEG.picture().inserting(0xE2, Array("MPF\0II*\0".utf8) + [8, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        let second = TestJPEG.picture(seed: 2)
        let frame = try FrameValidator().validate((first + second.bytes + second.bytes).snapshot())
        #expect(Array(frame.bytes.readableBytesView) == first.bytes)
        #expect(frame.surplusBytes == 2 * second.bytes.count)
    }

    @Test func `do not rescue a picture that is cut before its own end`() {
        let picture = TestJPEG.picture()
        let torn = picture.cut(to: picture.bytes.count / 2) + picture.bytes
        #expect(verdict(on: torn) == .corruptStructure)
    }

    @Test func `count towards the size of the body`() {
        var limits = FrameLimits()
        limits.bytes = ByteCount(TestJPEG.picture().bytes.count)
        #expect(verdict(on: .picture(), within: limits) == nil)
        #expect(verdict(on: .picture() + [0], within: limits) == .tooLarge)
    }
}

@Suite struct `A body that is no JPEG` {
    @Test(arguments: [
        ("<!DOCTYPE html><title>Login</title>", "HTML"), ("\n  <html>", "HTML"), (#"{"error": "no camera"}"#, "JSON"),
        ("\u{1F}GIF", "unknown"), ("GIF89a", "GIF"), ("--boundary\r\nContent-Type: image/jpeg\r\n\r\n", "multipart"),
    ])
    func `is named by its kind, without being quoted`(body: String, kind: String) throws {
        let rejection = try #require(refusal(of: TestJPEG(Array(body.utf8))))
        #expect(rejection.label == "not_jpeg")
        #expect(rejection.description.contains(kind))
        #expect(!rejection.description.contains("camera"))
    }

    @Test func `is rejected as empty where there is nothing`() throws {
        let rejection = try #require(refusal(of: TestJPEG([])))
        #expect(rejection.label == "empty")
        #expect(rejection.receivedBytes == .zero)
    }

    @Test func `is rejected where anything stands before SOI`() {
        #expect(verdict(on: TestJPEG([0x0A] + TestJPEG.picture().bytes)) == .notJPEG)
        #expect(verdict(on: TestJPEG([0xFF] + TestJPEG.picture().bytes)) == .notJPEG)
    }
}
