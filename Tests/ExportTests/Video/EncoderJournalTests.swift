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
