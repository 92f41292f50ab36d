/// Finds how much of each pixel a polygon covers, exactly.
///
/// Every edge adds its signed area to an accumulation buffer, whose running sum along a row is the coverage: the method of Raph
/// Levien's font-rs (https://medium.com/@raphlinus/inside-the-fastest-font-renderer-in-the-world-75ae5270c445).
final class PolygonFiller {
    let width: Int
    let height: Int
    private let areas: UnsafeMutablePointer<Float>
    private var rowLength: Int { width + 3 }

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        areas = .allocate(capacity: (width + 3) * height)
        areas.initialize(repeating: 0, count: (width + 3) * height)
    }

    deinit { areas.deallocate() }

    /// Calls the body for each row that the polygon touches, with the first column, the coverage from there on, and its length.
    func forEachRow(of points: [Point], _ body: (Int, Int, UnsafePointer<Float>, Int) -> Void) {
        guard points.count > 2 else { return }
        var (left, right, top, bottom) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
        for point in points {
            guard point.x.isFinite, point.y.isFinite else { return }
            left = min(left, point.x)
            right = max(right, point.x)
            top = min(top, point.y)
            bottom = max(bottom, point.y)
        }
        let firstRow = max(0, Int(max(-1, top.rounded(.down))))
        let endRow = min(height, Int(min(Double(height), bottom.rounded(.up))))
        let firstColumn = max(0, Int(max(-1, left.rounded(.down))))
        let endColumn = min(width, Int(min(Double(width), right.rounded(.up))))
        guard firstRow < endRow, firstColumn < endColumn else { return }

        var previous = points[points.count - 1]
        for point in points {
            accumulate(previous, point)
            previous = point
        }
        let count = endColumn - firstColumn
        for y in firstRow..<endRow {
            let row = areas + y * rowLength + firstColumn
            var sum: Float = 0
            for offset in 0..<count {
                sum += row[offset]
                row[offset] = min(1, abs(sum))
            }
            body(y, firstColumn, row, count)
            // Two columns more than are shown can have been written to.
            row.update(repeating: 0, count: count + 2)
        }
    }

    private func accumulate(_ from: Point, _ to: Point) {
        guard from.y != to.y else { return }
        let direction: Float = from.y < to.y ? 1 : -1
        let (upper, lower) = from.y < to.y ? (from, to) : (to, from)
        let slope = (lower.x - upper.x) / (lower.y - upper.y)
        let start = max(0, upper.y)
        var x = upper.x + (start - upper.y) * slope
        let rows =
            max(0, Int(start))..<max(0, max(Int(start), min(height, Int(min(Double(height), lower.y.rounded(.up))))))
        for y in rows {
            let tall = min(Double(y + 1), lower.y) - max(Double(y), upper.y)
            guard tall > 0 else { continue }
            let next = x + slope * tall
            let (low, high) = x < next ? (x, next) : (next, x)
            spread(
                areas + y * rowLength, Float(min(Double(width), max(0, low))), Float(min(Double(width), max(0, high))),
                Float(tall) * direction)
            x = next
        }
    }

    /// Adds an edge's piece within one row, which runs from column `low` to `high`.
    @inline(__always)
    private func spread(_ row: UnsafeMutablePointer<Float>, _ low: Float, _ high: Float, _ amount: Float) {
        let first = Int(low)
        let fraction = low - Float(first)
        let end = Int(high.rounded(.up))
        if end <= first + 1 {
            let middle = 0.5 * (low + high) - Float(first)
            row[first] += amount - amount * middle
            row[first + 1] += amount * middle
            return
        }
        let steepness = 1 / (high - low)
        let head = 0.5 * steepness * (1 - fraction) * (1 - fraction)
        let tailFraction = high - Float(end) + 1
        let tail = 0.5 * steepness * tailFraction * tailFraction
        row[first] += amount * head
        if end == first + 2 {
            row[first + 1] += amount * (1 - head - tail)
        } else {
            let second = steepness * (1.5 - fraction)
            row[first + 1] += amount * (second - head)
            for column in (first + 2)..<(end - 1) { row[column] += amount * steepness }
            let last = second + Float(end - first - 3) * steepness
            row[end - 1] += amount * (1 - last - tail)
        }
        row[end] += amount * tail
    }
}
