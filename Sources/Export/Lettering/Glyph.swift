/// How a letter looks in one size: how far each pixel is covered by it.
struct Glyph: Sendable {
    /// From 0, not at all, to 255, in rows from the top.
    let coverage: [UInt8]
    let width, height: Int
    /// Of the picture's first column, right of the pen.
    let left: Int
    /// Of the picture's first row, above the baseline.
    let top: Int
}

/// A letter in its place in a text.
struct PlacedGlyph: Hashable, Sendable {
    /// Which of the fonts it comes from, and its place there.
    let face: Int
    let index: UInt32
    /// Where the pen is, in pixels right of the text's beginning.
    let x: Double
}

/// A text as it is written in one size.
struct TextLine: Hashable, Sendable {
    let glyphs: [PlacedGlyph]
    /// In pixels; no ink lies outside.
    let width: Double
}
