internal import CFreeType

/// A font that is installed.
struct FontFile: Hashable, Sendable {
    let path: String
    /// Which of the faces in the file.
    let index: Int
    let family: String

    /// The fonts that fontconfig writes a text without serifs with: the first one, and for letters that it lacks the
    /// next ones in turn. Empty where no font is installed.
    static let sansSerif: [FontFile] = {
        // fontconfig's own order of preference, without fonts that have nothing which those before them lack.
        guard let pattern = FcPatternCreate() else { return [] }
        defer { FcPatternDestroy(pattern) }
        FcPatternAddString(pattern, FC_FAMILY, printlapse_text("sans-serif"))
        FcPatternAddBool(pattern, FC_SCALABLE, 1)
        FcConfigSubstitute(nil, pattern, FcMatchPattern)
        FcDefaultSubstitute(pattern)
        var result = FcResultMatch
        guard let fonts = FcFontSort(nil, pattern, 1, nil, &result) else { return [] }
        defer { FcFontSetDestroy(fonts) }
        return (0..<Int(fonts.pointee.nfont)).compactMap { place in
            fonts.pointee.fonts[place].flatMap(FontFile.init)
        }
    }()

    /// The one that texts are written with, among others that have what it lacks.
    ///
    /// - Throws: ``ExportError/fontMissing``
    static func installed(_ fonts: [FontFile] = sansSerif) throws(ExportError) -> FontFile {
        guard let font = fonts.first else { throw .fontMissing }
        return font
    }

    /// - Parameter font: as fontconfig describes one; `nil` where it names no file.
    private init?(_ font: OpaquePointer) {
        var (file, family): (UnsafeMutablePointer<FcChar8>?, UnsafeMutablePointer<FcChar8>?)
        var index: Int32 = 0
        guard
            FcPatternGetString(font, FC_FILE, 0, &file) == FcResultMatch, let file,
            FcPatternGetString(font, FC_FAMILY, 0, &family) == FcResultMatch, let family
        else { return nil }
        // The upper half tells which of a variable font's instances.
        if FcPatternGetInteger(font, FC_INDEX, 0, &index) != FcResultMatch { index = 0 }
        (self.path, self.index, self.family) = (String(cString: file), Int(index), String(cString: family))
    }
}
