internal import Vocabulary

/// Colours and measures that all sheets share: a dark neutral ground, on which pictures look as bright as they are.
struct SheetStyle: Sendable {
    static let ground = RGBColour(red: 23, green: 24, blue: 27)
    static let bright = RGBColour(red: 238, green: 238, blue: 236)
    static let dim = RGBColour(red: 152, green: 155, blue: 160)
    /// For what a person should not overlook.
    static let accent = RGBColour(red: 232, green: 168, blue: 56)
    static let line = RGBColour(red: 78, green: 81, blue: 87)

    /// libjpeg's.
    static let quality = 90
    /// What a sheet of so many pixels has at least: webcam pictures come to a fifth of a byte for each pixel and more.
    static func leastBytes(of pixels: Int) -> ByteCount { ByteCount(pixels / 10) }

    /// The most pixels that a side of a JPEG may have for libjpeg (`JPEG_MAX_DIMENSION`).
    static let longestSide = 65_500

    let title: Lettering
    let details: Lettering
    /// Around everything.
    let margin: Int

    /// - Parameter width: the sheet's in pixels. Lettering grows with it, so that a large sheet seen whole can be read.
    init(width: Int) {
        let height = min(72, max(15, Double(width) / 88))
        title = Lettering(height: height)
        details = Lettering(height: max(9, height * 0.56))
        margin = Int(height * 1.7)
    }

    /// Of the heading: title, details and the room below them.
    var headingHeight: Int { Int(Double(margin) + title.height * 2.1 + details.height + title.height * 1.2) }

    /// Paints the heading of a sheet.
    func heading(of subject: SheetSubject, shown: Int, width: Int) -> RGBPicture {
        var band = RGBPicture(width: width, height: headingHeight, filledWith: Self.ground)
        let (left, right) = (Double(margin), Double(width - margin))
        let baseline = Double(margin) + title.height
        let kindWidth = details.width(of: subject.kind.title)
        let titleRoom = right - left - kindWidth - title.height * 2
        // Where there is little room the title is worth more than the kind, which the picture shows.
        let showsKind = titleRoom > title.height * 8
        if showsKind {
            details.write(
                subject.kind.title, in: Self.dim, on: &band, left: right - kindWidth, baseline: baseline)
        }
        title.write(
            title.shortened(subject.title, to: showsKind ? titleRoom : right - left), in: Self.bright, on: &band,
            left: left, baseline: baseline)
        details.write(
            details.shortened(subject.details(shown: shown), to: right - left), in: Self.dim, on: &band, left: left,
            baseline: baseline + title.height * 1.1 + details.height)
        return band
    }
}
