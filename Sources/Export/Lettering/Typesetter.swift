internal import CFreeType
internal import Synchronization

/// Sets texts in the fonts that are installed.
///
/// FreeType allows one thread at a time in a library of faces: a lock lets them in one by one. What was drawn once is
/// kept, since labels are made of the same few letters.
final class Typesetter: Sendable {
    /// Of the fonts that fontconfig names.
    static let shared = Typesetter(FontFile.sansSerif)

    private let faces: Mutex<Faces>

    /// - Parameter fonts: in the order in which a letter is looked for in them. Without one, texts have no width and no ink.
    init(_ fonts: [FontFile]) { faces = Mutex(Faces(fonts)) }

    /// - Parameter capital: the height of a capital letter in pixels.
    func line(_ text: String, capital: Double) -> TextLine {
        faces.withLock { $0.line(text, capital: capital) }
    }

    /// - Parameter shift: by how much the pen stands right of a whole pixel, in quarters of one, 0 to 3.
    func glyph(_ placed: PlacedGlyph, capital: Double, shift: Int) -> Glyph? {
        faces.withLock { $0.glyph(placed, capital: capital, shift: shift) }
    }
}

/// FreeType's library with the faces that were needed so far.
private struct Faces: ~Copyable {
    private let library: FT_Library?
    private let fonts: [FontFile]
    /// By the fonts' order; those after the last are not opened yet, and `nil` could not be.
    private var opened: [FT_Face?] = []
    private var drawn: [Drawing: Glyph] = [:]

    private struct Drawing: Hashable {
        let face: Int
        let index: UInt32
        let size: FT_F26Dot6
        let shift: Int
    }

    /// Some MB at most, for letters as large as labels have them.
    private static let mostDrawn = 4096

    init(_ fonts: [FontFile]) {
        var library: FT_Library?
        self.library = FT_Init_FreeType(&library) == 0 ? library : nil
        self.fonts = fonts
    }

    deinit {
        for case let face? in opened { FT_Done_Face(face) }
        if let library { FT_Done_FreeType(library) }
    }

    private var firstFace: Int? {
        mutating get { fonts.indices.first { face($0) != nil } }
    }

    mutating func line(_ text: String, capital: Double) -> TextLine {
        var (glyphs, pen, least, most): ([PlacedGlyph], Double, Double, Double) = ([], 0, 0, 0)
        var last: (face: Int, index: UInt32)?
        for scalar in VisualOrder.of(text).unicodeScalars {
            guard let (number, index) = find(scalar), let face = face(number) else { continue }
            guard size(number, capital) != nil, FT_Load_Glyph(face, index, printlapse_load_flags()) == 0 else {
                continue
            }
            if let last, last.face == number {
                var kerning = FT_Vector()
                if FT_Get_Kerning(face, last.index, index, FT_KERNING_UNFITTED.rawValue, &kerning) == 0 {
                    pen += Double(kerning.x) / 64
                }
            }
            let glyph = face.pointee.glyph.pointee
            glyphs.append(PlacedGlyph(face: number, index: index, x: pen))
            let left = pen + Double(glyph.metrics.horiBearingX) / 64
            least = min(least, left)
            most = max(most, left + Double(glyph.metrics.width) / 64)
            // As it was drawn: fitted widths would make small texts uneven.
            pen += Double(glyph.linearHoriAdvance) / 65536
            last = (number, index)
        }
        let placed = glyphs.map { PlacedGlyph(face: $0.face, index: $0.index, x: $0.x - least) }
        return TextLine(glyphs: placed, width: max(pen, most) - least)
    }

    mutating func glyph(_ placed: PlacedGlyph, capital: Double, shift: Int) -> Glyph? {
        guard let face = face(placed.face), let size = size(placed.face, capital) else { return nil }
        let drawing = Drawing(face: placed.face, index: placed.index, size: size, shift: shift)
        if let glyph = drawn[drawing] { return glyph }
        guard FT_Load_Glyph(face, placed.index, printlapse_load_flags()) == 0 else { return nil }
        let slot = face.pointee.glyph!
        FT_Outline_Translate(&slot.pointee.outline, FT_Pos(shift * 16), 0)
        guard FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) == 0 else { return nil }
        let bitmap = slot.pointee.bitmap
        let (width, height) = (Int(bitmap.width), Int(bitmap.rows))
        var coverage: [UInt8] = []
        coverage.reserveCapacity(width * height)
        if let buffer = bitmap.buffer {
            for row in 0..<height {
                coverage += UnsafeBufferPointer(start: buffer + row * Int(bitmap.pitch), count: width)
            }
        }
        let glyph = Glyph(
            coverage: coverage, width: width, height: height, left: Int(slot.pointee.bitmap_left),
            top: Int(slot.pointee.bitmap_top))
        if drawn.count >= Self.mostDrawn { drawn.removeAll(keepingCapacity: true) }
        drawn[drawing] = glyph
        return glyph
    }

    /// The first font that has a character; the first font's box where none has it.
    private mutating func find(_ scalar: Unicode.Scalar) -> (face: Int, index: UInt32)? {
        // What only joins or directs letters is nothing to see.
        if scalar.properties.isDefaultIgnorableCodePoint { return nil }
        for number in fonts.indices {
            guard let face = face(number) else { continue }
            let index = FT_Get_Char_Index(face, FT_ULong(scalar.value))
            if index != 0 { return (number, index) }
        }
        return firstFace.map { ($0, 0) }
    }

    private mutating func face(_ number: Int) -> FT_Face? {
        while opened.count <= number {
            var face: FT_Face?
            let font = fonts[opened.count]
            let isOpen = library.map { FT_New_Face($0, font.path, FT_Long(font.index), &face) == 0 } ?? false
            if isOpen, let opened = face, printlapse_is_scalable(opened) == 0 {
                FT_Done_Face(opened)
                face = nil
            }
            opened.append(isOpen ? face : nil)
        }
        return opened[number]
    }

    /// Makes a face write capital letters of a height. `nil` where it cannot.
    ///
    /// - Returns: the size of its square in pixels, in 64ths.
    private mutating func size(_ number: Int, _ capital: Double) -> FT_F26Dot6? {
        guard let first = firstFace, let measure = face(first), let face = face(number) else { return nil }
        // Letters of another font are as large as those of the first one.
        let size = FT_F26Dot6(64 * capital / Self.capitalShare(of: measure))
        // At 72 dots an inch a point is a pixel.
        return FT_Set_Char_Size(face, 0, size, 72, 72) == 0 ? size : nil
    }

    /// A capital letter's height as a share of the square in which letters are drawn (OpenType's `OS/2` table,
    /// `sCapHeight`, from its version 2 on).
    private static func capitalShare(of face: FT_Face) -> Double {
        let square = Double(face.pointee.units_per_EM)
        if let table = FT_Get_Sfnt_Table(face, FT_SFNT_OS2)?.assumingMemoryBound(to: TT_OS2.self),
            table.pointee.version >= 2, table.pointee.sCapHeight > 0
        {
            return Double(table.pointee.sCapHeight) / square
        }
        return usualCapitalShare
    }

    /// Of most fonts without serifs.
    private static let usualCapitalShare = 0.72
}
