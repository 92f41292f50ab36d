import Testing
import Vocabulary

@Suite struct `Text that is shown` {
    @Test(arguments: [
        ("\u{1B}[2J", #"\x1B[2J"#), ("a\rb\u{7}\u{0}", #"a\x0Db\x07\x00"#), ("\u{9B}31m\u{7F}", #"\x9B31m\x7F"#),
        ("a\u{202E}b\u{2066}", #"a\u{202E}b\u{2066}"#), ("\u{1B}é“", #"\x1Bé“"#),
    ])
    func `holds nothing that a terminal would obey`(text: String, shown: String) {
        #expect(text.shown == shown)
    }

    @Test func `stays JSON where it is JSON`() {
        #expect("{\"a\":\"\u{9B}\u{7F}\u{202E}“\"}".shownAsJSON == #"{"a":"\u009b\u007f\u202e“"}"#)
    }

    @Test(arguments: ["", "plain", "Käse “x” – …\n\tnext", "日本 👩‍👩‍👧 e\u{301}", "\u{200F}עברית"])
    func `is as it was where there is no such thing in it`(text: String) {
        #expect(text.shown == text)
    }
}
