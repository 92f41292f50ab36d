internal import Vocabulary

/// Where everything stands on a contact sheet.
struct ContactLayout: Sendable {
    let grid: PageGrid
    /// The place of each picture.
    let cell: PixelSize
    /// Between places, beside and below each other.
    let gap: Int
    /// The lettering below each picture; `nil` where the pictures are too small for it.
    let label: Lettering?
    let style: SheetStyle
    let size: PixelSize

    /// A pale one at this size is still seen as a picture.
    private static let smallestSide = 8
    private static let smallestWidth = 64
    private static let narrowestSheet = 480

    /// - Parameters:
    ///   - picture: the size that most pictures have.
    ///   - width: the sheet's that is aimed at, where the pictures are not too small or too many for it.
    ///   - widestLabel: a text as wide as any time below a picture.
    /// - Throws: ``ExportError/unusableSheet(_:)`` where not even the smallest pictures fit a JPEG.
    init(
        _ grid: PageGrid, of picture: PixelSize, aimingAt width: Int, widestLabel: String
    ) throws(ExportError) {
        let room = Double(width) * 0.96 / Double(grid.columns) - 16
        var ideal = min(Double(picture.width), max(Double(Self.smallestWidth), room))
        while true {
            let layout = ContactLayout(
                grid, cell: Self.cell(for: picture, width: ideal), widestLabel: widestLabel)
            let longest = max(layout.size.width, layout.size.height)
            guard longest > SheetStyle.longestSide else {
                self = layout
                return
            }
            guard min(layout.cell.width, layout.cell.height) > Self.smallestSide else {
                throw .unusableSheet(
                    "\(grid.count) pictures in \(grid.columns) columns do not fit a sheet of "
                        + "\(SheetStyle.longestSide) pixels a side")
            }
            ideal = min(ideal - 1, Double(layout.cell.width) * Double(SheetStyle.longestSide) / Double(longest))
        }
    }

    private init(_ grid: PageGrid, cell: PixelSize, widestLabel: String) {
        let gap = max(1, min(18, cell.width / 20))
        let lettering = Lettering(height: min(24, max(9, Double(cell.width) / 30)))
        let fits = lettering.width(of: widestLabel) <= Double(cell.width)
        // Below the smallest pictures it would take more room than it is worth.
        let label = fits && lettering.height * 6 <= Double(cell.height) ? lettering : nil
        let row = grid.columns * (cell.width + gap) - gap
        let style = SheetStyle(width: max(Self.narrowestSheet, row))
        let width = max(Self.narrowestSheet, row + 2 * style.margin)
        let height = style.headingHeight + grid.rows * Self.rowHeight(cell, label, gap) + style.margin - gap
        (self.grid, self.cell, self.gap, self.label, self.style) = (grid, cell, gap, label, style)
        size = PixelSize(width: width, height: height)
    }

    /// The multiple of an eighth that comes nearest to a width, at which libjpeg decodes the picture sharply and at
    /// once; smaller than that, just the width.
    private static func cell(for picture: PixelSize, width ideal: Double) -> PixelSize {
        func distance(_ eighths: Int) -> Double {
            let ratio = Double(picture.scaled(eighths: eighths).width) / ideal
            return max(ratio, 1 / ratio)
        }
        if let nearest = (1...8).min(by: { distance($0) < distance($1) }), distance(nearest) < 1.4 {
            return picture.scaled(eighths: nearest)
        }
        return picture.fitted(into: PixelSize(width: max(1, Int(ideal)), height: .max))
    }

    /// From the top of one row of pictures to that of the next.
    var rowHeight: Int { Self.rowHeight(cell, label, gap) }

    private static func rowHeight(_ cell: PixelSize, _ label: Lettering?, _ gap: Int) -> Int {
        cell.height + gap + (label.map { Int($0.height * 2.1) } ?? 0)
    }

    /// The left edge of a column's place.
    func left(of column: Int) -> Int { style.margin + column * (cell.width + gap) }
}
