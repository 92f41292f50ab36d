internal import Vocabulary

/// Where the cameras stand in one picture, each below a line with its name.
struct SideBySideLayout: Hashable, Sendable {
    let grid: PageGrid
    /// Of each camera's picture.
    let cell: PixelSize
    /// The height of the line above it.
    let line: Int
    let gap: Int
    /// Of all of it; both sides even.
    let size: PixelSize

    /// As wide as most screens are.
    private static let widest = 1920
    private static let smallestSide = 16

    /// - Parameter picture: the size that most pictures have.
    init(of count: Int, picture: PixelSize) {
        grid = PageGrid(holding: count, shaped: Double(picture.width) / Double(max(1, picture.height)))
        gap = max(2, Self.widest / grid.columns / 160 * 2)
        let room = (Self.widest - gap * (grid.columns - 1)) / grid.columns
        let width = max(Self.smallestSide, min(picture.width, room))
        cell =
            PixelSize(
                width: width, height: max(Self.smallestSide, picture.height * width / max(1, picture.width))
            ).even
        line = max(16, cell.height / 14 / 2 * 2)
        size =
            PixelSize(
                width: grid.columns * cell.width + (grid.columns - 1) * gap,
                height: grid.rows * (line + cell.height) + (grid.rows - 1) * gap
            ).even
    }

    /// The upper left corner of a camera's line.
    func corner(of place: Int) -> (x: Int, y: Int) {
        (place % grid.columns * (cell.width + gap), place / grid.columns * (line + cell.height + gap))
    }
}
