import NIOCore
import TestSupport
import Testing

@testable import Export

@Suite struct `What ffmpeg says` {
    @Test func `is kept as its last lines, in whatever pieces it comes`() {
        var lines = LastLines()
        for number in 1...20 { lines.append("line \(number)\nhalf".utf8) }
        #expect(lines.lines.count == 8)
        #expect(lines.lines.first == "halfline 14")
        #expect(lines.lines.last == "half")
    }

    @Test func `cannot fill the memory or drive the terminal`() {
        var lines = LastLines()
        for _ in 0..<10_000 { lines.append("xxxxxxxxxx".utf8) }
        #expect(lines.lines.map(\.count) == [300])
        lines.append("\n\u{1B}[2Jred\u{7}\n".utf8)
        #expect(lines.lines.last == "[2Jred")
    }

    @Test func `counts frames, and those repeated to fill a gap apart`() {
        let journal = EncoderJournal()
        journal.reported("frame=1".utf8)
        journal.reported("2\nfps=3\ndup_frames=2\nprogress=continue\n".utf8)
        #expect(journal.encoded == 10)
    }
}

@Suite struct `The coding of a picture` {
    @Test(arguments: [TestEncoding.baseline, .progressive, .grey, .restarting, .separateScans])
    func `is known to be Huffman's`(encoding: TestEncoding) {
        let coding = PictureCoding(of: ByteBuffer(bytes: TestJPEG.picture(encoding).bytes))
        #expect(coding.marker != nil)
        #expect(!coding.isArithmetic)
    }

    @Test(arguments: [TestEncoding.arithmetic, .progressiveArithmetic])
    func `is known to be arithmetic`(encoding: TestEncoding) {
        #expect(PictureCoding(of: ByteBuffer(bytes: TestJPEG.picture(encoding).bytes)).isArithmetic)
    }

    @Test(arguments: [
        [], [0xFF], [0xFF, 0xD8], [0xFF, 0xD8, 0xFF, 0xE0, 0x00], [0xFF, 0xD8, 0xFF, 0xE0, 0, 0], [1, 2, 3],
    ])
    func `is unknown where there is no picture`(bytes: [UInt8]) {
        #expect(PictureCoding(of: ByteBuffer(bytes: bytes)).marker == nil)
    }
}
