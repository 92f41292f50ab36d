import NIOCore
import TestSupport
import Testing
import Validation
import Vocabulary

@Suite struct `A whole picture` {
    @Test(arguments: keptEncodings)
    func `is kept byte for byte, whatever its kind`(encoding: TestEncoding) throws {
        let picture = TestJPEG.picture(encoding, width: 99, height: 67)
        let frame = try FrameValidator().validate(picture.snapshot())
        #expect(Array(frame.bytes.readableBytesView) == picture.bytes)
        #expect(frame.size == PixelSize(width: 99, height: 67))
        #expect(frame.luma.size == PixelSize(width: 13, height: 9))
        #expect(frame.surplusBytes == 0)
        #expect(frame.skippedBytes == 0)
        #expect(frame.origin == picture.snapshot().origin)
    }

    @Test(arguments: [(1, 1), (7, 9), (8, 8), (16, 1), (1, 200), (641, 479)])
    func `may have any size, with a luma pixel for every block begun`(width: Int, height: Int) throws {
        for encoding in [TestEncoding.baseline, .progressive, TestEncoding(.rgb, sampling: (2, 1))] {
            let picture = TestJPEG.picture(encoding, width: width, height: height)
            let frame = try FrameValidator().validate(picture.snapshot())
            #expect(frame.size == PixelSize(width: width, height: height))
            #expect(frame.luma.pixels.count == (width + 7) / 8 * ((height + 7) / 8))
        }
    }

    @Test func `may lie anywhere in the buffer that it came in`() throws {
        let picture = TestJPEG.picture()
        var bytes = ByteBuffer(string: "HTTP/1.1 200 OK\r\n\r\n")
        let start = bytes.writerIndex
        bytes.writeBytes(picture.bytes)
        bytes.moveReaderIndex(to: start)
        let frame = try FrameValidator().validate(Snapshot(bytes: bytes, origin: picture.snapshot().origin))
        #expect(Array(frame.bytes.readableBytesView) == picture.bytes)
    }

    @Test(arguments: 1...8)
    func `keeps its Exif orientation, and its pixels unturned`(orientation: Int) throws {
        let picture = TestJPEG.picture().withExif(orientation: UInt8(orientation))
        let frame = try FrameValidator().validate(picture.snapshot())
        #expect(Array(frame.bytes.readableBytesView) == picture.bytes)
        #expect(frame.size == PixelSize(width: 96, height: 64))
    }

    @Test func `is not cut at the end of the thumbnail inside it`() throws {
        let picture = TestJPEG.picture().withExif(orientation: 1, thumbnail: .picture(width: 32, height: 24))
        let frame = try FrameValidator().validate(picture.snapshot())
        #expect(frame.bytes.readableBytes == picture.bytes.count)
        #expect(frame.size.width == 96)
    }

    @Test func `may leave out the usual Huffman tables, as Motion JPEG does`() {
        #expect(verdict(on: TestJPEG.picture().removing(0xC4)) == nil)
    }
}

@Suite struct `The luma picture` {
    @Test(arguments: keptEncodings.filter { TurboJPEG.knows($0) })
    func `holds the mean of every block of the fully decoded picture`(encoding: TestEncoding) throws {
        let picture = TestJPEG.picture(encoding, width: 96, height: 64)
        let luma = try FrameValidator().validate(picture.snapshot()).luma
        let full = try #require(picture.decodedGrey())
        for block in 0..<12 * 8 {
            let (x, y) = (block % 12 * 8, block / 12 * 8)
            var sum = 0
            for row in y..<y + 8 { sum += full[row * 96 + x..<row * 96 + x + 8].reduce(0) { $0 + Int($1) } }
            let mean = Double(sum) / 64
            #expect(abs(Double(luma.pixels[block]) - mean) <= 1.6, "block \(block) of \(encoding)")
        }
    }

    @Test(arguments: [TestEncoding(.cmyk, sampling: (1, 1)), TestEncoding(.ycck, sampling: (1, 1))])
    func `of inks is what they let through, the black one included`(encoding: TestEncoding) throws {
        var scene = TestScene(width: 64, height: 64, noise: 0)
        scene.light = -40
        let inks = scene.pixels(channels: 4)
        let luma = try FrameValidator().validate(encoding.encode(scene).snapshot()).luma
        for block in 0..<64 {
            var sum = 0.0
            for pixel in 0..<64 {
                let at = ((block / 8 * 8 + pixel / 8) * 64 + block % 8 * 8 + pixel % 8) * 4
                // libjpeg marks these pictures as Adobe's, where 255 is no ink.
                let passed = 0.299 * Double(inks[at]) + 0.587 * Double(inks[at + 1]) + 0.114 * Double(inks[at + 2])
                sum += passed * Double(inks[at + 3]) / 255
            }
            #expect(abs(Double(luma.pixels[block]) - sum / 64) <= 4, "block \(block)")
        }
    }

    @Test func `of inks without Adobe's marker takes 255 for full ink`() throws {
        let encoding = TestEncoding(.cmyk, sampling: (1, 1))
        let adobe = TestJPEG.picture(encoding, noise: 0)
        let plain = adobe.removing(0xEE)
        let (bright, dark) = (
            try FrameValidator().validate(adobe.snapshot()), try FrameValidator().validate(plain.snapshot())
        )
        #expect(bright.luma.pixels[0] != dark.luma.pixels[0])
    }

    @Test func `is refused where it has not one pixel a block`() {
        let size = PixelSize(width: 17, height: 8)
        #expect(LumaPicture(of: size, pixels: [1, 2, 3]) != nil)
        #expect(LumaPicture(of: size, pixels: [1, 2]) == nil)
    }
}

@Suite struct `A picture of a kind that is not kept` {
    @Test(arguments: [
        (UInt8(0xC3), FrameRejection.Verdict.unsupportedLossless), (0xCB, .unsupportedLossless),
        (0xF7, .unsupportedLossless), (0xC5, .unsupportedHierarchical), (0xC6, .unsupportedHierarchical),
        (0xC7, .unsupportedHierarchical), (0xCD, .unsupportedHierarchical), (0xCE, .unsupportedHierarchical),
        (0xCF, .unsupportedHierarchical),
    ])
    func `is rejected by the name of its process`(marker: UInt8, expected: FrameRejection.Verdict) {
        #expect(verdict(on: TestJPEG.picture().claiming(frameHeader: marker)) == expected)
    }

    @Test func `is rejected as hierarchical by its DHP segment`() {
        let picture = TestJPEG.picture().inserting(0xDE, [8, 0, 64, 0, 96, 1, 1, 0x11, 0])
        #expect(verdict(on: picture) == .unsupportedHierarchical)
    }

    @Test(arguments: [UInt8(12), 16, 2, 0])
    func `is rejected for samples of other than 8 bits`(bits: UInt8) {
        let picture = TestJPEG.picture().claiming(frameHeader: 0xC1).claiming(bits: bits)
        #expect(verdict(on: picture) == .unsupportedPrecision)
    }

    @Test func `is rejected where the height comes after the scan`() {
        #expect(verdict(on: TestJPEG.picture().claiming(width: 96, height: 0)) == .unsupportedHeight)
    }

    @Test(arguments: [2, 5])
    func `is rejected for a number of components that has no colour`(count: Int) {
        let picture = TestJPEG.picture(.grey)
        let header = picture.frameHeader
        let content: [UInt8] =
            [8, 0, 64, 0, 96, UInt8(count)] + (1...UInt8(count)).flatMap { [$0, 0x11, 0] }
        let odd = picture.changed {
            $0.replaceSubrange(header.range, with: TestJPEG.segment(header.marker, content))
        }
        #expect(verdict(on: odd) == .unsupportedComponents)
    }

    @Test func `is rejected for samplings whose ratio is no whole number`() {
        // 3 × 1 beside 2 × 1: where the luma has the fewer samples, it cannot be brought to size.
        let picture = TestJPEG.picture(TestEncoding(sampling: (2, 1)))
        let content = picture.frameHeader.content
        let odd = picture.changed { $0[content + 10] = 0x31 }
        #expect(verdict(on: odd) == .unsupportedSampling)
    }
}
