internal import Vocabulary

/// A picture with a heading above it, room around it, and perhaps something below it.
struct FramedSheet {
    let image: RGBPicture
    let subject: SheetSubject
    /// Frames that the picture is made of.
    let shown: Int
    /// Paints what stands below the picture on a band as wide as the sheet.
    var footer: ((SheetStyle, inout RGBPicture) -> Void)?

    private static let narrowest = 480

    func write(into partial: PartialOutput, frames: Int) throws(ExportError) -> WrittenOutput {
        // Of nothing there is no picture; whoever called says why.
        guard frames > 0 else { return WrittenOutput(files: 0, frames: 0, bytes: 0) }
        let style = SheetStyle(width: max(Self.narrowest, image.size.width))
        let width = max(Self.narrowest, image.size.width + 2 * style.margin)
        var below = RGBPicture(
            width: width, height: style.margin + (footer == nil ? 0 : Int(style.details.height * 2)),
            filledWith: SheetStyle.ground)
        footer?(style, &below)

        let size = PixelSize(width: width, height: style.headingHeight + image.size.height + below.size.height)
        var file = try SheetFile(size: size, in: partial)
        try file.append(style.heading(of: subject, shown: shown, width: width))
        var row = RGBPicture(width: width, height: 1, filledWith: SheetStyle.ground)
        for y in 0..<image.size.height {
            row.place(image, left: style.margin, top: -y)
            try file.append(row)
        }
        try file.append(below)
        return WrittenOutput(files: 1, frames: frames, bytes: Int64(try file.finish()), size: size)
    }
}
