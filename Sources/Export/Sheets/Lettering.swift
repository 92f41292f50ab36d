internal import Foundation
internal import Vocabulary

/// A way of writing: how large, and with how thick a pen.
struct Lettering: Sendable {
    /// A capital letter's height in pixels.
    let height: Double
    /// The pen's thickness in pixels.
    let pen: Double

    /// - Parameter weight: the pen's thickness as a share of the height.
    init(height: Double, weight: Double = 0.115) {
        self.height = height
        // A thinner line would be a grey one.
        pen = max(1.1, height * weight)
    }

    private var unit: Double { height / Letter.capitalHeight }
    /// Between the places that two letters' pens come to.
    private var spacing: Double { pen + height * 0.16 }

    /// How many pixels wide a text is, from the ink's left to its right.
    func width(of text: String) -> Double {
        guard !text.isEmpty else { return 0 }
        return text.reduce(-spacing) { $0 + Alphabet.letter(for: $1).width * unit + spacing } + pen
    }

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
    ///   - left: where its ink begins.
    ///   - baseline: where letters stand: the top of the first row below them.
    func write(_ text: String, in colour: RGBColour, on picture: inout RGBPicture, left: Double, baseline: Double) {
        var x = left + pen / 2
        for character in text {
            let letter = Alphabet.letter(for: character)
            draw(letter, in: colour, on: &picture, x: x, baseline: baseline - pen / 2)
            x += letter.width * unit + spacing
        }
    }

    private func draw(
        _ letter: Letter, in colour: RGBColour, on picture: inout RGBPicture, x: Double, baseline: Double
    ) {
        // The ink is as high as it was asked for: the pen's middle stays half its thickness within.
        let up = (height - pen) / Letter.capitalHeight
        let strokes = letter.segments.map { segment in
            PenStroke(
                fromX: x + segment.from.x * unit, fromY: baseline - segment.from.y * up,
                toX: x + segment.to.x * unit, toY: baseline - segment.to.y * up)
        }
        let columns = Self.pixels(around: strokes.flatMap { [$0.fromX, $0.toX] }, by: pen, below: picture.size.width)
        let rows = Self.pixels(around: strokes.flatMap { [$0.fromY, $0.toY] }, by: pen, below: picture.size.height)
        // The squares of the pixels' distances from the way, where the pen reaches them.
        var nearest = [Double](repeating: .infinity, count: columns.count * rows.count)
        for stroke in strokes {
            let strokeColumns = Self.pixels(around: [stroke.fromX, stroke.toX], by: pen, below: picture.size.width)
            for y in Self.pixels(around: [stroke.fromY, stroke.toY], by: pen, below: picture.size.height) {
                let start = (y - rows.lowerBound) * columns.count - columns.lowerBound
                for x in strokeColumns {
                    let distance = stroke.squaredDistance(x: Double(x) + 0.5, y: Double(y) + 0.5)
                    nearest[start + x] = min(nearest[start + x], distance)
                }
            }
        }
        for y in rows {
            let start = (y - rows.lowerBound) * columns.count - columns.lowerBound
            for x in columns {
                // A pixel is covered as far as the pen's edge has passed its middle.
                let coverage = min(1, pen / 2 + 0.5 - nearest[start + x].squareRoot())
                if coverage > 0 { picture.mix(colour, Float(coverage), x: x, y: y) }
            }
        }
    }

    /// The pixels within reach of some places, of those from 0 to below an end.
    private static func pixels(around places: [Double], by reach: Double, below end: Int) -> Range<Int> {
        guard let least = places.min(), let most = places.max() else { return 0..<0 }
        func inside(_ pixel: Double) -> Int { Int(min(Double(end), max(0, pixel))) }
        return inside(least - reach)..<inside(most + reach + 1)
    }
}
