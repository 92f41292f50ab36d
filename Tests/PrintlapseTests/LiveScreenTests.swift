import Testing

@testable import printlapse

@Suite struct `Lines that are drawn over` {
    private let size = TerminalSize(columns: 20, rows: 6)

    @Test func `are drawn where those before stood, and cut to the terminal`() {
        var screen = LiveScreen()
        let two = screen.drawing(["one", "two"], in: size)
        #expect(two == "one\u{1B}[K\ntwo\u{1B}[K\n\u{1B}[J")
        let long = screen.drawing([String(repeating: "x", count: 30)], in: size)
        #expect(long == "\u{1B}[2F" + String(repeating: "x", count: 18) + "…\u{1B}[K\n\u{1B}[J")
        let cleared = [screen.clearing(in: size), screen.clearing(in: size)]
        #expect(cleared == ["\u{1B}[1F\u{1B}[J", ""])
    }

    @Test func `are found again where the terminal has become narrower, or lower`() {
        var screen = LiveScreen()
        _ = screen.drawing(["123456789 123456789", "short"], in: size)
        // The first one takes two rows by now.
        let narrower = screen.clearing(in: TerminalSize(columns: 10, rows: 6))
        #expect(narrower == "\u{1B}[3F\u{1B}[J")
        _ = screen.drawing(["1", "2", "3", "4", "5"], in: size)
        let lower = screen.clearing(in: TerminalSize(columns: 20, rows: 3))
        #expect(lower == "\u{1B}[2F\u{1B}[J")
    }

    @Test func `take two columns for a wide character`() {
        #expect("プリンタ".columns == 8)
        #expect("プリンタ".cut(toColumns: 6) == "プリ…")
        #expect("printer".cut(toColumns: 7) == "printer")
        var table = TextTable([.init(title: "camera", isFlexible: true), .right("frames")])
        table.add(["プリンタ", "1"])
        table.add(["プリンタ・プリンタ", "20"])
        #expect(table.lines() == ["CAMERA              FRAMES", "プリンタ                 1", "プリンタ・プリンタ      20"])
        #expect(table.lines(width: 18).allSatisfy { $0.columns <= 18 })
    }

    @Test func `are no more than there are rows, those in trouble first`() {
        let well = LiveChoice([false, false, false], room: 3)
        #expect(well.shown == [0, 1, 2] && well.hidden.isEmpty)
        let many = LiveChoice([false, true, false, false, true, false], room: 4)
        #expect(many.shown == [0, 1, 4] && many.hidden == [2, 3, 5])
        let none = LiveChoice([true, true], room: 1)
        #expect(none.shown.isEmpty && none.hidden == [0, 1])
        #expect(LiveChoice(Array(repeating: false, count: 1000), room: 23).shown.count == 22)
    }

    @Test(arguments: [("xterm-256color", true), ("linux", true), ("dumb", false), ("", false), (nil, false)])
    func `are drawn only where the terminal obeys escapes`(kind: String?, obeys: Bool) {
        #expect(StandardError.obeysEscapes(kind) == obeys)
    }
}
