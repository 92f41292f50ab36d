internal import Vocabulary

extension RGBPicture {
    /// This picture at another size: each new pixel is the mean of the area that it covers.
    ///
    /// In units of 1/n of a pixel, with n the new length of a side, all borders of old and new pixels are whole
    /// numbers: the weights are exact.
    func scaled(to target: PixelSize) -> RGBPicture {
        guard target != size else { return self }
        let columns = AreaWeights(from: size.width, to: target.width)
        let rows = AreaWeights(from: size.height, to: target.height)
        let whole = size.area
        let scaled = [UInt8](unsafeUninitializedCapacity: target.area * 3) { scaled, count in
            // One new row as sums, of weights that come to the old picture's area.
            var sums = [Int](repeating: 0, count: target.width * 3)
            for y in 0..<target.height {
                for index in sums.indices { sums[index] = 0 }
                rows.forEachPart(of: y) { row, weight in
                    add(row: row, weight: weight, scaledBy: columns, to: &sums)
                }
                for (index, sum) in sums.enumerated() {
                    scaled[y * sums.count + index] = UInt8((sum + whole / 2) / whole)
                }
            }
            count = target.area * 3
        }
        return RGBPicture(size: target, bytes: scaled)
    }

    private func add(row: Int, weight: Int, scaledBy columns: AreaWeights, to sums: inout [Int]) {
        bytes.withUnsafeBufferPointer { bytes in
            let start = row * size.width * 3
            for x in 0..<columns.target {
                var (red, green, blue) = (0, 0, 0)
                columns.forEachPart(of: x) { column, share in
                    let pixel = start + column * 3
                    red += Int(bytes[pixel]) * share
                    green += Int(bytes[pixel + 1]) * share
                    blue += Int(bytes[pixel + 2]) * share
                }
                sums[x * 3] += red * weight
                sums[x * 3 + 1] += green * weight
                sums[x * 3 + 2] += blue * weight
            }
        }
    }
}

/// Which old pixels each new one covers along a side, and how much of them.
private struct AreaWeights {
    let source, target: Int

    init(from source: Int, to target: Int) { (self.source, self.target) = (source, target) }

    /// Calls `body` with every old pixel that a new one covers, and with its share. The shares come to ``source``.
    @inline(__always) func forEachPart(of index: Int, _ body: (_ pixel: Int, _ share: Int) -> Void) {
        // A new pixel is `source` units wide, an old one `target` units.
        let (start, end) = (index * source, (index + 1) * source)
        for pixel in start / target...(end - 1) / target {
            body(pixel, min(end, (pixel + 1) * target) - max(start, pixel * target))
        }
    }
}
