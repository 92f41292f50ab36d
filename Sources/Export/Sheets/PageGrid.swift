/// How many pictures stand side by side, and in how many rows, so that a page of them has a pleasant shape.
struct PageGrid: Hashable, Sendable {
    let columns: Int
    let rows: Int

    /// A page's width by its height.
    private static let shape = 1.5
    private static let usualCount = 30.0
    /// A last row that is filled to less than a third looks like a mistake; a page half as wide again looks better.
    private static let orphansFault = 0.6

    /// A full page of about 30 pictures; of more where so many columns need them.
    ///
    /// - Parameter shape: a picture's width by its height.
    init(ofPicturesShaped shape: Double, columns: Int? = nil) {
        let columns = columns ?? Int(max(1, (Self.usualCount * Self.shape / shape).squareRoot().rounded()))
        self.columns = columns
        let pageRows = Int((Double(columns) * shape / Self.shape).rounded())
        rows = max(pageRows, (Int(Self.usualCount) + columns - 1) / columns)
    }

    /// A page for so many pictures, 1 or more: the one whose shape comes nearest to a page's, with few places left
    /// empty.
    init(holding count: Int, shaped shape: Double, columns: Int? = nil) {
        let ideal = (Double(count) * Self.shape / shape).squareRoot()
        let most = max(1, min(count, Int(ideal * 2)))
        let candidates = min(most, max(1, Int(ideal / 2)))...most
        func rows(_ columns: Int) -> Int { (count + columns - 1) / columns }
        func fault(_ columns: Int) -> Double {
            let pageShape = Double(columns) * shape / Double(rows(columns))
            let empty = Double(columns * rows(columns) - count) / Double(count)
            let inLastRow = count - (rows(columns) - 1) * columns
            let orphans = inLastRow * 3 < columns ? Self.orphansFault : 0
            return max(pageShape / Self.shape, Self.shape / pageShape) - 1 + empty * 2 + orphans
        }
        self.columns = columns ?? candidates.min { fault($0) < fault($1) } ?? 1
        self.rows = rows(self.columns)
    }

    var count: Int { columns * rows }
}
