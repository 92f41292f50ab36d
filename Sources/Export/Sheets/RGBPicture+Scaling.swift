internal import Vocabulary

extension RGBPicture {
    /// This picture at another size: each new pixel is the mean of the area that it covers.
    ///
    /// In units of 1/n of a pixel, with n the new length of a side, all borders of old and new pixels are whole
    /// numbers: the weights are exact.
    func scaled(to target: PixelSize) -> RGBPicture {
        guard target != size else { return self }
        // Of all weights a sum is 255 times the old picture's area at most, and half an area is added for rounding.
        return size.area < 1 << 24 ? scaled(to: target, by: UInt32.self) : scaled(to: target, by: UInt64.self)
    }

    @inline(__always) private func scaled<Sum: FixedWidthInteger & UnsignedInteger>(
        to target: PixelSize, by sum: Sum.Type
    ) -> RGBPicture {
        let columns = AreaWeights(from: size.width, to: target.width)
        let rows = AreaWeights(from: size.height, to: target.height)
        let whole = Sum(size.area)
        // The rows that a new one covers as sums, of weights that come to the old picture's height.
        var sums = [UInt32](repeating: 0, count: size.width * 3)
        let scaled = [UInt8](unsafeUninitializedCapacity: target.area * 3) { scaled, count in
            for y in 0..<target.height {
                add(rows, y, to: &sums)
                let out = UnsafeMutableBufferPointer(
                    rebasing: scaled[y * target.width * 3..<(y + 1) * target.width * 3])
                sums.withUnsafeBufferPointer { columns.means(of: $0, whole, to: out) }
            }
            count = target.area * 3
        }
        return RGBPicture(size: target, bytes: scaled)
    }

    private func add(_ rows: AreaWeights, _ y: Int, to sums: inout [UInt32]) {
        bytes.withUnsafeBufferPointer { bytes in
            sums.withUnsafeMutableBufferPointer { sums in
                var row = UnsafeBufferPointer(rebasing: bytes[(rows.first[y] * sums.count)...])
                for index in sums.indices { sums[index] = 0 }
                for weight in rows.weights[rows.places(of: y)] {
                    for index in sums.indices { sums[index] &+= UInt32(row[index]) &* weight }
                    row = UnsafeBufferPointer(rebasing: row[sums.count...])
                }
            }
        }
    }
}

/// Which old pixels each new one covers along a side, and how much of them.
private struct AreaWeights {
    /// The first old pixel that each new one covers.
    private(set) var first: [Int] = []
    /// Of it and of those that follow, one new pixel's after the other. Each one's come to the old length.
    private(set) var weights: [UInt32] = []
    private var begins = [0]

    init(from source: Int, to target: Int) {
        for index in 0..<target {
            // A new pixel is `source` units wide, an old one `target` units.
            let (start, end) = (index * source, (index + 1) * source)
            first.append(start / target)
            for pixel in start / target...(end - 1) / target {
                weights.append(UInt32(min(end, (pixel + 1) * target) - max(start, pixel * target)))
            }
            begins.append(weights.count)
        }
    }

    /// Where a new pixel's weights are.
    func places(of index: Int) -> Range<Int> { begins[index]..<begins[index + 1] }

    /// - Parameter whole: what all weights of a new pixel come to, those of the rows included.
    @inline(__always) func means<Sum: FixedWidthInteger & UnsignedInteger>(
        of sums: UnsafeBufferPointer<UInt32>, _ whole: Sum, to means: UnsafeMutableBufferPointer<UInt8>
    ) {
        weights.withUnsafeBufferPointer { weights in
            for (x, first) in first.enumerated() {
                var (red, green, blue, old) = (whole / 2, whole / 2, whole / 2, first * 3)
                for place in places(of: x) {
                    let weight = Sum(truncatingIfNeeded: weights[place])
                    red &+= Sum(truncatingIfNeeded: sums[old]) &* weight
                    green &+= Sum(truncatingIfNeeded: sums[old + 1]) &* weight
                    blue &+= Sum(truncatingIfNeeded: sums[old + 2]) &* weight
                    old += 3
                }
                means[x * 3] = UInt8(truncatingIfNeeded: red / whole)
                means[x * 3 + 1] = UInt8(truncatingIfNeeded: green / whole)
                means[x * 3 + 2] = UInt8(truncatingIfNeeded: blue / whole)
            }
        }
    }
}
