import Testing
import Vocabulary

@testable import Export

@Suite struct `The lettering of sheets` {
    private static let lettering = Lettering(height: 20)

    /// In one installed font or the other.
    @Test(arguments: ["printer ~!@#", "·–—…°×’", "äÖéñçÅšőłßØ", "Кухня", "Κουζίνα", "厨房", "キッチン", "מטבח"])
    func `has the letters of a camera's name in whatever script`(name: String) {
        let box = Self.glyphs("\u{10FFFD}").first
        for glyph in Self.glyphs(name) { #expect((glyph.face, glyph.index) != (0, 0)) }
        #expect(box?.index == 0)
        #expect(!Self.inked(name).isEmpty)
    }

    private static func glyphs(_ text: String) -> [PlacedGlyph] {
        Typesetter.shared.line(text, capital: 20).glyphs
    }

    @Test func `takes a letter and its accent for one, however they were typed`() {
        #expect(Self.inked("é").map { [$0.x, $0.y] } == Self.inked("e\u{301}").map { [$0.x, $0.y] })
    }

    @Test func `brings letters together that leave room between them`() {
        #expect(Self.lettering.width(of: "AV") < Self.lettering.width(of: "A") + Self.lettering.width(of: "V"))
    }

    @Test func `without a font is refused by the package that has one`() {
        let error = #expect(throws: ExportError.self) { try FontFile.installed([]) }
        #expect(error?.hint.contains("apt install fonts-dejavu-core") == true)
        #expect(Typesetter([]).line("H", capital: 20).glyphs.isEmpty)
    }

    @Test func `gives all digits the same width, so that times stand below each other`() {
        #expect(Set("0123456789".map { Self.lettering.width(of: "\($0)") }).count == 1)
    }

    @Test(arguments: ["H", "O", "Printlapse 14:05", "jÄ"])
    func `keeps its ink within the width that it says`(text: String) {
        let inked = Self.inked(text)
        let columns = inked.map(\.x)
        let width = Self.lettering.width(of: text)
        #expect(columns.min().map { $0 >= 29 } == true)
        #expect(columns.max().map { Double($0) <= 30 + width } == true)
        #expect(columns.max().map { Double($0) >= 30 + width - 4 } == true)
    }

    @Test func `is as high as it was asked for`() {
        let rows = Self.inked("H").map(\.y)
        // Curves and crossbars are fitted to whole pixels, which may add one.
        #expect(rows.min() == 40 || rows.min() == 39)
        #expect(rows.max() == 59)
    }

    @Test func `that is too long ends with an ellipsis`() {
        let text = "a print of a very long name"
        let short = Self.lettering.shortened(text, to: 150)
        #expect(short.hasSuffix("…"))
        #expect(Self.lettering.width(of: short) <= 150)
        #expect(Self.lettering.shortened(text, to: 1000) == text)
        #expect(Self.lettering.shortened(text, to: 3).isEmpty)
    }

    @Test func `outside its picture is left out`() {
        var picture = RGBPicture(width: 10, height: 10, filledWith: RGBColour(grey: 0))
        let blank = picture
        for (left, baseline) in [(-500.0, 5.0), (500, 5), (0, -500), (0, 500)] {
            Self.lettering.write("Äg", in: RGBColour(grey: 255), on: &picture, left: left, baseline: baseline)
        }
        #expect(picture == blank)
        Self.lettering.write("M", in: RGBColour(grey: 255), on: &picture, left: -5, baseline: 15)
        #expect(picture != blank)
    }

    /// The pixels that are more than half covered by a text that begins at (30, 40).
    private static func inked(_ text: String) -> [(x: Int, y: Int)] {
        var picture = RGBPicture(width: 300, height: 100, filledWith: RGBColour(grey: 0))
        lettering.write(text, in: RGBColour(grey: 255), on: &picture, left: 30, baseline: 60)
        return (0..<100).flatMap { y in (0..<300).map { (x: $0, y: y) } }.filter { picture[$0.x, $0.y].red > 127 }
    }
}

extension RGBColour {
    fileprivate init(grey: UInt8) { self.init(red: grey, green: grey, blue: grey) }
}
