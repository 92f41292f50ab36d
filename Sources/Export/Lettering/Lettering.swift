internal import Foundation
internal import Vocabulary

/// A way of writing on pictures: how large.
struct Lettering: Sendable {
    /// A capital letter's height in pixels.
    let height: Double
    private let typesetter: Typesetter

    init(height: Double, typesetter: Typesetter = .shared) {
        (self.height, self.typesetter) = (height, typesetter)
    }

    /// How many pixels wide a text is; none of its ink lies outside.
    func width(of text: String) -> Double { line(text).width }

    private func line(_ text: String) -> TextLine { typesetter.line(text.composed, capital: height) }

    /// The text, or so much of its beginning as fits a width, with an ellipsis.
    func shortened(_ text: String, to width: Double) -> String {
        guard self.width(of: text) > width else { return text }
        var rest = text
        while !rest.isEmpty {
            rest.removeLast()
            let short = rest.trimmingCharacters(in: .whitespaces) + "…"
            if self.width(of: short) <= width { return short }
        }
        return ""
    }

    /// Writes a text; what lies outside the picture is left out.
    ///
    /// - Parameters:
    ///   - left: where it begins.
    ///   - baseline: where letters stand: the top of the first row below them.
    func write(_ text: String, in colour: RGBColour, on picture: inout RGBPicture, left: Double, baseline: Double) {
        // Letters stand on whole pixels, which keeps their feet sharp, and beside each other in quarters of one.
        let row = Int(baseline.rounded())
        for placed in line(text).glyphs {
            let quarters = Int(((left + placed.x) * 4).rounded())
            let column = quarters >> 2
            guard let glyph = typesetter.glyph(placed, capital: height, shift: quarters & 3) else { continue }
            picture.cover(glyph, with: colour, left: column + glyph.left, top: row - glyph.top)
        }
    }
}

extension String {
    /// With letters and their accents as one where Unicode has such a letter: fonts place those best.
    fileprivate var composed: String { precomposedStringWithCanonicalMapping }
}

extension RGBPicture {
    fileprivate mutating func cover(_ glyph: Glyph, with colour: RGBColour, left: Int, top: Int) {
        for y in max(0, -top)..<max(0, -top, min(glyph.height, size.height - top)) {
            for x in max(0, -left)..<max(0, -left, min(glyph.width, size.width - left)) {
                let coverage = glyph.coverage[y * glyph.width + x]
                if coverage > 0 { mix(colour, Float(coverage) / 255, x: left + x, y: top + y) }
            }
        }
    }
}
