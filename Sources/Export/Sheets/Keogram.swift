internal import Archive
internal import Vocabulary

/// One column of each frame side by side, with a time axis below: how the picture changed along that column.
struct Keogram: FrameDestination {
    let subject: SheetSubject
    let shape: PictureShape
    /// The size that most frames have.
    let picture: PixelSize
    /// Frames that are to come, at most ``mostFrames``.
    let count: Int
    /// Which column: 0 is the leftmost, 1 the rightmost.
    let slit: Double
    let kind = OutputTarget.Kind.file

    /// Of more, so many are chosen evenly.
    static let mostFrames = 4096
    private static let tallest = 1080
    /// A keogram of a few frames is made this wide, by columns of several pixels.
    private static let narrowest = 1200

    func leastBytes(of frames: [ExportCandidate]) -> ByteCount {
        SheetStyle.leastBytes(of: count * columnWidth * height)
    }

    func write(
        _ feed: FrameFeed, into partial: PartialOutput, progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        var image = RGBPicture(width: count * columnWidth, height: height, filledWith: SheetStyle.ground)
        var times: [Timestamp] = []
        try await feed.forEachPicture(
            transformedBy: { [slit, columnWidth, height, shape] picture throws(PictureRefusal) in
                try picture.column(at: slit, height: height, shape).scaled(
                    to: PixelSize(width: columnWidth, height: height))
            },
            { frame, column throws(ExportError) in
                image.place(column, left: times.count * columnWidth, top: 0)
                times.append(frame.capturedAt)
                progress(feed.progress())
            })
        var subject = subject
        subject.note = KeogramAxis(times, spacing: 1, clock: subject.clock).holesText
        let sheet = FramedSheet(image: image, subject: subject, shown: times.count) { style, band in
            paint(KeogramAxis(times, spacing: spacing(style), clock: subject.clock), style, on: &band)
        }
        return try sheet.write(into: partial, frames: times.count)
    }

    private var height: Int { min(Self.tallest, picture.height) }

    /// Of each frame, in pixels.
    private var columnWidth: Int { max(1, (Self.narrowest + count - 1) / count) }

    /// Between two marks, in frames.
    private func spacing(_ style: SheetStyle) -> Double {
        style.details.width(of: "00:00:00") * 1.6 / Double(columnWidth)
    }

    private func paint(_ axis: KeogramAxis, _ style: SheetStyle, on band: inout RGBPicture) {
        let (tick, lettering) = (Int(style.details.height * 0.8), style.details)
        for mark in axis.marks {
            let x = style.margin + mark.column * columnWidth
            let width = lettering.width(of: mark.text)
            let room = Double(band.size.width) - width - 2
            band.fill(left: x, top: 0, width: max(1, tick / 8), height: tick, with: SheetStyle.line)
            lettering.write(
                mark.text, in: SheetStyle.dim, on: &band, left: min(max(2, Double(x) - width / 2), room),
                baseline: Double(tick) + lettering.height * 1.7)
        }
        for hole in axis.holes {
            // Over the marks: the first column behind a hole often has one. Below the seam, and wide enough to be seen where
            // the sheet is looked at whole.
            let width = max(3, tick / 2)
            band.fill(
                left: style.margin + hole.column * columnWidth - width / 2, top: 0, width: width, height: tick,
                with: SheetStyle.accent)
        }
    }
}

extension FrameFeed.Picture {
    /// One column of the picture, at the smallest scale that has so many rows, or at its own.
    fileprivate func column(
        at slit: Double, height: Int, _ shape: PictureShape
    ) throws(PictureRefusal) -> RGBPicture {
        guard shape.isPlain else {
            let shaped = try size(shapedBy: shape)
            let eighths = (1...8).first { shaped.scaled(eighths: $0).height >= height } ?? 8
            let picture = try decoded(eighths: eighths, shapedBy: shape)
            let column = min(picture.size.width - 1, max(0, Int(Double(picture.size.width) * slit)))
            return picture.part(PixelSize(width: 1, height: picture.size.height), x: column, y: 0)
        }
        let eighths = (1...8).first { size.scaled(eighths: $0).height >= height } ?? 8
        let width = size.scaled(eighths: eighths).width
        return try decoded(eighths: eighths, column: min(width - 1, max(0, Int(Double(width) * slit))))
    }
}
