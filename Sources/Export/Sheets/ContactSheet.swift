internal import Archive
internal import Vocabulary

/// Small pictures side by side, with the time and the print's progress below each of them.
struct ContactSheet: FrameDestination {
    let layout: ContactLayout
    let subject: SheetSubject
    let shape: PictureShape
    /// Pictures that are to come.
    let count: Int
    let kind = OutputTarget.Kind.file

    func leastBytes(of frames: [ExportCandidate]) -> ByteCount { SheetStyle.leastBytes(of: layout.cell.area * count) }

    func write(
        _ feed: FrameFeed, into partial: PartialOutput, progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        var file = try SheetFile(size: layout.size, in: partial)
        try file.append(layout.style.heading(of: subject, shown: count, width: layout.size.width))
        var (row, column, rows) = (emptyRow, 0, 0)
        let cell = layout.cell
        try await feed.forEachPicture(
            transformedBy: { picture throws(PictureRefusal) in
                try picture.decoded(
                    at: try picture.size(shapedBy: shape).fitted(into: cell), shapedBy: shape)
            },
            { frame, picture throws(ExportError) in
                paint(picture, of: frame, at: column, on: &row)
                column += 1
                if column == layout.grid.columns {
                    try file.append(row)
                    (row, column, rows) = (emptyRow, 0, rows + 1)
                }
                progress(feed.progress())
            })
        // Where frames were left out, places at the end stay empty.
        while rows < layout.grid.rows {
            try file.append(row)
            (row, rows) = (emptyRow, rows + 1)
        }
        try file.append(
            RGBPicture(
                width: layout.size.width, height: layout.style.margin - layout.gap, filledWith: SheetStyle.ground))
        return WrittenOutput(
            files: 1, frames: feed.tally.delivered, bytes: Int64(try file.finish()), size: layout.size)
    }

    private var emptyRow: RGBPicture {
        RGBPicture(width: layout.size.width, height: layout.rowHeight, filledWith: SheetStyle.ground)
    }

    private func paint(_ picture: RGBPicture, of frame: ArchivedFrame, at column: Int, on row: inout RGBPicture) {
        let (left, cell) = (layout.left(of: column), layout.cell)
        row.place(
            picture, left: left + (cell.width - picture.size.width) / 2, top: (cell.height - picture.size.height) / 2)
        guard let label = layout.label else { return }
        let baseline = Double(cell.height) + label.height * 1.8
        let time = subject.clock.label(frame.capturedAt)
        label.write(time, in: SheetStyle.bright, on: &row, left: Double(left), baseline: baseline)
        guard let done = frame.progress else { return }
        let progress = "\(Int((done * 100).rounded(.down)))%"
        let width = label.width(of: progress)
        if label.width(of: time) + label.height + width <= Double(cell.width) {
            let right = Double(left + cell.width)
            label.write(progress, in: SheetStyle.dim, on: &row, left: right - width, baseline: baseline)
        }
    }
}
