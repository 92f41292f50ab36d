internal import Vocabulary

/// The boxes that the server's failure detection draws into a `tagged` picture.
struct DetectionBoxes {
    let size: PixelSize
    let pixels: UnsafeMutablePointer<UInt8>

    /// Boxes around what the detection took for a tangle: somewhere on the part.
    func draw(around columns: Range<Int>, _ rows: Range<Int>, number: Int, seed: UInt64, isBoat: Bool) {
        var random = RandomNumbers(seed: seed, 0xb0c5, UInt64(truncatingIfNeeded: number))
        let (width, height) = (max(24, columns.count), max(20, rows.count))
        for _ in 0..<(isBoat ? 2 : 1) {
            let left = columns.lowerBound + Int(random.unit() * Double(width) * 0.6)
            let top = rows.lowerBound + Int(random.unit() * Double(height) * 0.6)
            outline(
                left..<(left + width / 4 + Int(random.unit() * Double(width) / 4)),
                top..<(top + height / 4 + Int(random.unit() * Double(height) / 4)))
        }
    }

    private func outline(_ columns: Range<Int>, _ rows: Range<Int>) {
        let thickness = max(2, size.width / 400)
        for y in (rows.lowerBound - thickness)..<(rows.upperBound + thickness) where y >= 0 && y < size.height {
            for x in (columns.lowerBound - thickness)..<(columns.upperBound + thickness) where x >= 0 && x < size.width
            {
                guard !(rows.contains(y) && columns.contains(x)) else { continue }
                let pixel = pixels + (y * size.width + x) * 3
                (pixel[0], pixel[1], pixel[2]) = (40, 220, 40)
            }
        }
    }
}
