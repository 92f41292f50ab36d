package import Validation
package import Vocabulary

extension PerceptualHash {
    /// The difference hash of a luma picture.
    ///
    /// The picture is divided into 9 columns and 8 rows of cells. Column i reaches from pixel ⌊i·width/9⌋ to before
    /// ⌊(i+1)·width/9⌋, rows likewise; where a cell would be empty, it is one pixel wide or high. A bit is 1 where the mean of
    /// a cell is less than that of its right neighbour. The bits stand row by row from the top left, the first being the most
    /// significant.
    package init(of luma: LumaPicture) {
        let size = luma.size
        var bits: UInt64 = 0
        luma.pixels.withUnsafeBufferPointer { pixels in
            for row in 0..<8 {
                let rows = Self.cell(row, of: 8, in: size.height)
                var left = (sum: 0, count: 1)
                for column in 0..<9 {
                    let columns = Self.cell(column, of: 9, in: size.width)
                    var sum = 0
                    for y in rows {
                        for x in columns { sum &+= Int(pixels[y &* size.width &+ x]) }
                    }
                    let right = (sum: sum, count: rows.count * columns.count)
                    // The means are compared as fractions, so that nothing is rounded.
                    if column > 0 { bits = bits << 1 | (left.sum * right.count < right.sum * left.count ? 1 : 0) }
                    left = right
                }
            }
        }
        self.init(bits: bits)
    }

    private static func cell(_ index: Int, of count: Int, in length: Int) -> Range<Int> {
        let start = index * length / count
        return start..<max(start + 1, (index + 1) * length / count)
    }
}
