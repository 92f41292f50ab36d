import NIOCore
import TestSupport
import Testing

@testable import Export

@Suite struct `The outline of a picture` {
    @Test(arguments: [TestEncoding.baseline, .progressive, .grey, .restarting, .separateScans])
    func `is known to be Huffman's`(encoding: TestEncoding) {
        let outline = PictureOutline(of: ByteBuffer(bytes: TestJPEG.picture(encoding).bytes))
        #expect(outline.coding != nil)
        #expect(!outline.isArithmetic)
    }

    @Test(arguments: [TestEncoding.arithmetic, .progressiveArithmetic])
    func `is known to be arithmetic`(encoding: TestEncoding) {
        #expect(PictureOutline(of: ByteBuffer(bytes: TestJPEG.picture(encoding).bytes)).isArithmetic)
    }

    @Test(arguments: [
        [], [0xFF], [0xFF, 0xD8], [0xFF, 0xD8, 0xFF, 0xE0, 0x00], [0xFF, 0xD8, 0xFF, 0xE0, 0, 0], [1, 2, 3],
    ])
    func `is unknown where there is no picture`(bytes: [UInt8]) {
        #expect(PictureOutline(of: ByteBuffer(bytes: bytes)).coding == nil)
    }

    @Test func `tells the Huffman tables that it uses and does not define, and no others`() {
        func missing(_ picture: TestJPEG) -> Set<HuffmanTable> {
            PictureOutline(of: ByteBuffer(bytes: picture.bytes)).missingTables
        }
        #expect(missing(.picture()).isEmpty)
        #expect(missing(.picture(.grey)).isEmpty)
        #expect(missing(.picture(.progressive)).isEmpty)
        #expect(missing(.picture(.arithmetic)).isEmpty)
        #expect(
            missing(TestJPEG.picture().removing(0xC4)) == [.direct(0), .direct(1), .alternating(0), .alternating(1)])
        #expect(missing(TestJPEG.picture(.grey).removing(0xC4)) == [.direct(0), .alternating(0)])
    }

    @Test func `gets the tables that libjpeg itself writes`() throws {
        let picture = TestJPEG.picture()
        let written = picture.segments(0xC4).flatMap { Array(picture.bytes[$0.content..<$0.range.upperBound]) }
        let standard = try #require(HuffmanTable.standard([.direct(0), .direct(1), .alternating(0), .alternating(1)]))
        // libjpeg writes those of light before those of colour.
        func tables(_ bytes: ArraySlice<UInt8>) -> [UInt8: [UInt8]] {
            var (rest, tables) = (bytes, [UInt8: [UInt8]]())
            while let table = rest.first {
                let length = 17 + rest.dropFirst().prefix(16).reduce(0) { $0 + Int($1) }
                tables[table] = Array(rest.prefix(length))
                rest = rest.dropFirst(length)
            }
            return tables
        }
        #expect(tables(standard[4...]) == tables(written[...]))
    }
}
