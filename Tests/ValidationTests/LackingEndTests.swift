import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Validation

@Suite struct `A picture that lacks its end marker` {
    /// Arithmetic decoders take missing data for zeros.
    private static let kept = keptEncodings.filter { !$0.isArithmetic }

    @Test(arguments: kept)
    func `is told from every other cut, also within the last row of blocks`(encoding: TestEncoding) {
        let picture = TestJPEG.picture(encoding, width: 64, height: 48)
        for count in picture.bytes.count - 400..<picture.bytes.count {
            let cut = picture.cut(to: count)
            let examined = try? FrameValidator().examine(cut.snapshot().bytes)
            let isWhole = count >= picture.bytes.count - 2
            #expect((examined != nil) == isWhole, "cut to \(count) of \(picture.bytes.count)")
            #expect(verdict(on: cut) == .truncated)
        }
    }

    @Test(arguments: keptEncodings.filter(\.isArithmetic))
    func `is refused where only that marker tells that all came`(encoding: TestEncoding) {
        let picture = TestJPEG.picture(encoding)
        #expect(throws: FrameRejection.self) {
            try FrameValidator().examine(picture.cut(to: picture.bytes.count - 2).snapshot().bytes)
        }
    }

    @Test(arguments: [TestEncoding.progressive, .separateScans])
    func `is refused where a scan is missing`(encoding: TestEncoding) throws {
        let picture = TestJPEG.picture(encoding)
        for scan in picture.segments(0xDA).dropFirst() {
            #expect(throws: FrameRejection.self) {
                try FrameValidator().examine(picture.cut(to: scan.range.lowerBound).snapshot().bytes)
            }
        }
    }

    @Test func `is refused where anything else stands behind its scan`() {
        let picture = TestJPEG.picture()
        let open = picture.cut(to: picture.bytes.count - 2)
        let comment = TestJPEG.segment(0xFE, [1, 2, 3])
        let rests: [[UInt8]] = [[0], [1, 2, 3], Array("HTTP/1.1 200".utf8), comment.dropLast()]
        for rest in rests {
            #expect(throws: FrameRejection.self) { try FrameValidator().examine((open + rest).snapshot().bytes) }
        }
    }

    @Test func `is taken once three in a row had nothing else amiss, marked, until one has an end`() throws {
        func examined(_ seed: UInt64, isWhole: Bool = false) throws -> ExaminedPicture {
            let picture = TestJPEG.picture(seed: seed)
            return try FrameValidator().examine(
                picture.cut(to: picture.bytes.count - (isWhole ? 0 : 2)).snapshot().bytes, withEdges: false)
        }
        var series = PictureSeries()
        for slot in 1...3 {
            #expect(throws: FrameRejection.self) { try series.judge(examined(UInt64(slot))) }
            series.noteLackingEnd()
            #expect(series.lacksEnds == (slot == 3))
        }
        let frame = try series.judge(examined(4))
        #expect(frame.suspicion?.kind == .noEOI)
        #expect(frame.bytes.readableBytesView.suffix(2) != [0xFF, 0xD9])
        #expect(try series.judge(examined(5, isWhole: true)).suspicion == nil)
        #expect(throws: FrameRejection.self) { try series.judge(examined(6)) }
        // After a restart the archive tells.
        var later = PictureSeries(after: .noEOI)
        #expect(try later.judge(examined(7)).suspicion?.kind == .noEOI)
    }

    @Test func `is not taken where other pictures came between`() {
        var series = PictureSeries()
        for _ in 1...4 {
            series.noteLackingEnd()
            series.noteLackingEnd()
            series.noteOtherwise()
        }
        #expect(!series.lacksEnds)
    }
}
