/// How far the place in which the head moves has wandered in the picture, as when it rises with the part.
///
/// A head that keeps its place above the part does not keep it in the picture. To know the one from the other, the
/// activity of one step after the other is followed, averaged over some steps; the shift between them is the least
/// squares solution of Lucas and Kanade (1981) for the whole grid.
struct SceneDrift: Sendable {
    private let grid: SceneGrid
    private var activity: [Float]

    /// Of a new step in the average.
    private static let weight: Float = 0.2
    /// In boxes. Between neighbouring steps there is never more.
    private static let most: Float = 1

    init(_ grid: SceneGrid, from activity: [Float]) { (self.grid, self.activity) = (grid, activity) }

    /// Follows to the next step, and returns by how much the activity has shifted, in boxes.
    mutating func follow(to next: [Float]) -> (x: Float, y: Float) {
        let before = activity
        for box in activity.indices { activity[box] += Self.weight * (next[box] - activity[box]) }
        let (columns, rows) = (grid.columns, grid.rows)
        guard columns > 4, rows > 4 else { return (0, 0) }
        var (xx, xy, yy, xt, yt): (Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0)
        func level(_ box: Int) -> Float { before[box] + activity[box] }
        for row in 1..<rows - 1 {
            for column in 1..<columns - 1 {
                let box = row * columns + column
                let x = (level(box + 1) - level(box - 1)) / 4
                let y = (level(box + columns) - level(box - columns)) / 4
                let change = activity[box] - before[box]
                xx += x * x
                xy += x * y
                yy += y * y
                xt += x * change
                yt += y * change
            }
        }
        let determinant = xx * yy - xy * xy
        guard determinant > 1e-6 * (xx + yy) * (xx + yy) else { return (0, 0) }
        let (x, y) = ((xy * yt - yy * xt) / determinant, (xy * xt - xx * yt) / determinant)
        return (min(Self.most, max(-Self.most, x)), min(Self.most, max(-Self.most, y)))
    }
}

extension SceneGrid {
    /// A view that is shifted by a part of a box; what comes in at an edge is as the edge was.
    func shifted(_ view: [Float], by shift: (x: Float, y: Float)) -> [Float] {
        guard shift.x != 0 || shift.y != 0 else { return view }
        let xs = Blend.row(columns, shift.x)
        let ys = Blend.row(rows, shift.y)
        return [Float](unsafeUninitializedCapacity: view.count) { shifted, count in
            view.withUnsafeBufferPointer { view in
                for (row, y) in ys.enumerated() {
                    let (upper, lower) = (y.first * columns, y.second * columns)
                    for (column, x) in xs.enumerated() {
                        let above = view[upper + x.first] + (view[upper + x.second] - view[upper + x.first]) * x.share
                        let below = view[lower + x.first] + (view[lower + x.second] - view[lower + x.first]) * x.share
                        shifted[row * columns + column] = above + (below - above) * y.share
                    }
                }
            }
            count = view.count
        }
    }

    /// Which two places of a row are mixed into one.
    private struct Blend {
        let first: Int
        let second: Int
        /// Of the second.
        let share: Float

        static func row(_ length: Int, _ shift: Float) -> [Blend] {
            (0..<length).map { place in
                let source = min(Float(length - 1), max(0, Float(place) - shift))
                let first = Int(source)
                return Blend(first: first, second: min(length - 1, first + 1), share: source - Float(first))
            }
        }
    }
}
