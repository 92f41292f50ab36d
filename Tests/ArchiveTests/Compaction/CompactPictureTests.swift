import CTurboJPEG
import NIOCore
import TestSupport
import Testing

@testable import Archive
@testable import Care
@testable import Storage

private let encodings: [TestEncoding] = [
    .baseline, .grey, .progressive, .restarting, .separateScans,
    TestEncoding(.yCbCr, sampling: (1, 1)), TestEncoding(.yCbCr, sampling: (2, 1)),
    TestEncoding(.yCbCr, sampling: (1, 2)), TestEncoding(.yCbCr, sampling: (4, 1)),
    TestEncoding(.yCbCr, sampling: (1, 4)), TestEncoding(.yCbCr, sampling: (3, 1)),
    TestEncoding(.rgb, sampling: (1, 1)), TestEncoding(.rgb, sampling: (2, 2)),
    TestEncoding(.cmyk, sampling: (1, 1)), TestEncoding(.ycck, sampling: (1, 1)), TestEncoding(.ycck),
    TestEncoding(.grey) { $0.isProgressive = true },
    TestEncoding(.yCbCr, quality: 100), TestEncoding(.yCbCr, quality: 5),
    TestEncoding {
        $0.isProgressive = true
        $0.restartInterval = 3
    },
]

extension TestJPEG {
    fileprivate func compacted() throws -> TestJPEG? {
        try CompactPicture(of: ByteBuffer(bytes: bytes)).map { TestJPEG(Array($0.bytes.readableBytesView)) }
    }

    /// Whether this may take the other's place.
    fileprivate func isTaken(inPlaceOf original: TestJPEG) throws -> Bool {
        _ = try CompactPicture(ByteBuffer(bytes: bytes), of: ByteBuffer(bytes: original.bytes))
        return true
    }

    /// As TurboJPEG decodes it to the colours that it holds, ready to be shown; `nil` where TurboJPEG does not know the kind.
    fileprivate func shown() -> [UInt8]? {
        guard let handle = tjInitDecompress() else { return nil }
        defer { tjDestroy(handle) }
        var (width, height, subsampling, colour) = (Int32(0), Int32(0), Int32(0), Int32(0))
        tjDecompressHeader3(handle, bytes, UInt(bytes.count), &width, &height, &subsampling, &colour)
        let isInk = [TJCS_CMYK, TJCS_YCCK].contains { $0.rawValue == UInt32(colour) }
        var pixels = [UInt8](repeating: 0, count: Int(width) * Int(height) * 4)
        let format = isInk ? TJPF_CMYK : TJPF_RGBX
        let result = tjDecompress2(
            handle, bytes, UInt(bytes.count), &pixels, width, 0, height, format.rawValue, TJFLAG_STOPONWARNING)
        return result == 0 ? pixels : nil
    }

    fileprivate var metadata: [[UInt8]] {
        segments.filter { 0xE0...0xEF ~= $0.marker || $0.marker == 0xFE }.map { Array(bytes[$0.range]) }
    }
}

@Suite struct `A picture coded anew` {
    @Test(arguments: encodings, [(99, 67), (160, 120), (8, 8), (1, 33)])
    func `takes fewer bytes and shows the same, whatever its kind`(encoding: TestEncoding, size: (Int, Int)) throws {
        let original = TestJPEG.picture(encoding, width: size.0, height: size.1)
        let compact = try original.compacted()
        // What is progressive already may be as small as it gets.
        guard let compact else {
            #expect(encoding.isProgressive)
            return
        }
        #expect(compact.bytes.count < original.bytes.count)
        #expect(compact.shown() == original.shown())
        #expect(compact.metadata == original.metadata)
    }

    @Test func `keeps Exif with its orientation and thumbnail, comments and profiles, byte for byte and in order`()
        throws
    {
        let original = TestJPEG.picture(width: 160, height: 120)
            .inserting(0xFE, Array("first".utf8))
            .inserting(0xED, Array(repeating: 7, count: 65_533))
            .withExif(orientation: 6, thumbnail: .picture(width: 32, height: 24))
            .inserting(0xFE, [])
            .inserting(0xE2, Array("ICC_PROFILE\0\u{1}\u{1}".utf8) + Array(0...255))
            .changed { $0.insert(contentsOf: TestJPEG.segment(0xFE, Array("end".utf8)), at: $0.count - 2) }
        let compact = try #require(try original.compacted())
        #expect(compact.metadata == original.metadata)
        #expect(compact.metadata.count >= 5)
        #expect(compact.shown() == original.shown())
    }

    @Test func `leaves restart markers out, and with them what they cost`() throws {
        let original = TestJPEG.picture(.restarting, width: 320, height: 240)
        let compact = try #require(try original.compacted())
        #expect(compact.segments(0xDD).isEmpty)
        #expect(compact.bytes.count < original.bytes.count * 95 / 100)
    }

    @Test(arguments: [TestEncoding.arithmetic, .progressiveArithmetic])
    func `is none of an arithmetically coded one`(encoding: TestEncoding) throws {
        #expect(try TestJPEG.picture(encoding).compacted() == nil)
    }

    @Test func `is none of one that is as small as it gets`() throws {
        let compact = try #require(try TestJPEG.picture(width: 160, height: 120).compacted())
        #expect(try compact.compacted() == nil)
    }

    @Test func `is none of a damaged one`() {
        let original = TestJPEG.picture(width: 160, height: 120)
        let torn = original.cut(to: original.bytes.count / 2) + TestJPEG.endOfImage
        #expect(throws: UnprovenPicture.self) { try torn.compacted() }
        #expect(throws: UnprovenPicture.self) { try TestJPEG(Array("no picture".utf8)).compacted() }
    }
}

@Suite struct `The proof that a picture is the same` {
    private let original = TestJPEG.picture(width: 99, height: 67)

    @Test(arguments: [(0, 0), (0, 63), (1, 0), (2, 5)])
    func `fails by one coefficient that is larger by one`(component: Int, index: Int) throws {
        let changed = original.withCoefficientChanged(component: component, block: (3, 2), index: index)
        let error = #expect(throws: UnprovenPicture.self) { try changed.isTaken(inPlaceOf: original) }
        #expect(error?.reason == "samples of component \(component + 1) differ below row \(component == 0 ? 16 : 32)")
    }

    @Test func `holds where the coefficient is changed back`() throws {
        var same = original
        for _ in 0..<2 { same = same.withCoefficientChanged(block: (3, 2), index: 1) }
        #expect(throws: UnprovenPicture.self) { try same.isTaken(inPlaceOf: original) }
        #expect(try original.isTaken(inPlaceOf: original))
    }

    @Test func `fails by the last block of an odd size`() {
        let changed = original.withCoefficientChanged(block: (12, 8), index: 0)
        #expect(throws: UnprovenPicture.self) { try changed.isTaken(inPlaceOf: original) }
    }

    @Test func `fails by metadata that are lost, added, changed or in another order`() {
        let told = original.inserting(0xFE, Array("one".utf8)).inserting(0xE5, Array("two".utf8))
        let others = [
            original, told.removing(0xFE), told.inserting(0xFE, []), told.changed { $0[8] ^= 1 },
            original.inserting(0xE5, Array("two".utf8)).inserting(0xFE, Array("one".utf8)),
        ]
        for other in others {
            let error = #expect(throws: UnprovenPicture.self) { try other.isTaken(inPlaceOf: told) }
            #expect(error?.reason == "its metadata differ")
        }
    }

    @Test func `fails by metadata behind the last scan that are lost`() {
        let told = original.changed {
            $0.insert(contentsOf: TestJPEG.segment(0xFE, Array("end".utf8)), at: $0.count - 2)
        }
        #expect(throws: UnprovenPicture.self) { try original.isTaken(inPlaceOf: told) }
        #expect(throws: Never.self) { try told.isTaken(inPlaceOf: told) }
    }

    @Test func `fails by another size, sampling or colour`() {
        let others = [
            TestJPEG.picture(width: 98, height: 67), .picture(TestEncoding(sampling: (1, 1)), width: 99, height: 67),
            .picture(.grey, width: 99, height: 67), .picture(TestEncoding(.rgb), width: 99, height: 67),
        ]
        for other in others {
            #expect(throws: UnprovenPicture.self) { try other.isTaken(inPlaceOf: original) }
        }
    }

    @Test func `fails by a candidate that is cut short, or has something behind its end`() {
        let others = [original.cut(to: original.bytes.count - 40), original + [0, 1, 2], TestJPEG([])]
        for other in others {
            #expect(throws: UnprovenPicture.self) { try other.isTaken(inPlaceOf: original) }
        }
    }
}
