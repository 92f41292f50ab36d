import Testing
import Vocabulary

@Suite struct `A note` {
    @Test(arguments: [
        ("first layer lifts", "first layer lifts"), ("  0.6 mm\n", "0.6 mm"), ("<b>“ß”</b> 🧵", "<b>“ß”</b> 🧵"),
        (String(repeating: "é", count: 1000), String(repeating: "é", count: 1000)),
    ])
    func `is a line of text, without blanks around it`(text: String, note: String) throws {
        #expect(try Note(text).text == note)
    }

    @Test(arguments: ["", " \n ", "two\nlines", "bell\u{7}", "a\u{2028}b", String(repeating: "x", count: 1001)])
    func `is nothing else`(text: String) {
        #expect(throws: VocabularyError.self) { try Note(text) }
    }
}
