internal import Vocabulary

/// The flat grey foot of a picture that reached a server in part and was coded anew there: the JPEG is valid, and what was
/// missing is the grey that decoders fill up with.
enum GreyFoot {
    /// Rows of blocks. Of thousands of clean pictures none had so many.
    private static let least = 3
    private static let grey: ClosedRange<UInt8> = 127...129

    static func suspicion(of luma: LumaPicture) -> Suspicion? {
        let (width, height) = (luma.size.width, luma.size.height)
        let rows = (0..<height).reversed().prefix { row in
            luma.pixels[row * width..<(row + 1) * width].allSatisfy(grey.contains)
        }.count
        guard rows >= least else { return nil }
        return Suspicion(.greyFoot, at: "the lowest \(rows) of \(height) rows of blocks are one grey")
    }
}
