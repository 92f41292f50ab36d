import CTurboJPEG
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Validation

@Suite struct `A picture at an eighth of its size` {
    private static let samplings: [(Int, Int)] = [(1, 1), (2, 1), (1, 2), (2, 2), (4, 1), (4, 2)]
    private static let sizes = [(640, 480), (93, 61), (33, 17), (8, 8), (1, 1)]

    /// By libjpeg.
    private func decoded(_ picture: TestJPEG, _ size: PixelSize) throws -> [UInt8] {
        let small = LumaPicture.size(of: size)
        var message = [CChar](repeating: 0, count: Int(JMSG_LENGTH_MAX))
        var rgb = [UInt8](repeating: 0, count: 3 * small.area)
        try #require(
            scaled_decode(
                picture.bytes, picture.bytes.count, 1, 0, UInt32(small.width), UInt32(small.height), &rgb, &message))
        return rgb
    }

    @Test(arguments: sizes)
    func `has libjpeg's colours where each block of luma has one of colour`(size: (Int, Int)) throws {
        let encoding = TestEncoding(sampling: (1, 1))
        let size = PixelSize(width: size.0, height: size.1)
        let picture = TestJPEG.picture(encoding, width: size.width, height: size.height)
        let ours = try #require(EighthPicture.rgb(of: ByteBuffer(bytes: picture.bytes), size: size))
        let libjpegs = try decoded(picture, size)
        #expect(ours.count == libjpegs.count)
        #expect(zip(ours, libjpegs).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    }

    @Test(arguments: samplings)
    func `has nearly libjpeg's colours where it has less of them`(sampling: (Int, Int)) throws {
        let encoding = TestEncoding(sampling: sampling, quality: 90)
        for (width, height) in Self.sizes {
            let size = PixelSize(width: width, height: height)
            let picture = TestJPEG.picture(encoding, width: width, height: height)
            let ours = try #require(EighthPicture.rgb(of: ByteBuffer(bytes: picture.bytes), size: size))
            let libjpegs = try decoded(picture, size)
            #expect(ours.count == libjpegs.count)
            let differences = zip(ours, libjpegs).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
            // Of a picture smaller than its block of colour most of the block is padding.
            #expect(Double(differences) / Double(ours.count) < (width < 16 ? 8 : 4), "\(size)")
        }
    }

    @Test func `has the luma that libjpeg gives`() throws {
        let picture = TestJPEG.picture(.grey, width: 93, height: 61)
        let size = PixelSize(width: 93, height: 61)
        let luma = try #require(EighthPicture.luma(of: ByteBuffer(bytes: picture.bytes), size: size))
        #expect(luma.pixels == (try decoded(picture, size)).enumerated().filter { $0.offset % 3 == 0 }.map(\.element))
    }

    @Test func `is libjpeg's to decode where it is of another kind, damaged, or of another size`() {
        let size = PixelSize(width: 64, height: 48)
        func rgb(_ encoding: TestEncoding, _ change: (inout [UInt8]) -> Void = { _ in }) -> [UInt8]? {
            var bytes = TestJPEG.picture(encoding, width: 64, height: 48).bytes
            change(&bytes)
            return EighthPicture.rgb(of: ByteBuffer(bytes: bytes), size: size)
        }
        #expect(rgb(.baseline) != nil)
        for encoding: TestEncoding in [
            .grey, .progressive, .arithmetic, .separateScans, TestEncoding(.rgb, sampling: (1, 1)), TestEncoding(.ycck),
        ] {
            #expect(rgb(encoding) == nil, "\(encoding)")
        }
        #expect(rgb(.baseline) { $0.removeLast(40) } == nil)
        #expect(rgb(.baseline) { $0.removeSubrange($0.count - 60..<$0.count - 2) } == nil)
        let other = TestJPEG.picture(.baseline, width: 64, height: 40).bytes
        #expect(EighthPicture.rgb(of: ByteBuffer(bytes: other), size: size) == nil)
    }
}
