internal import Vocabulary

/// Pixels of sRGB colour, interleaved, in rows from the top.
struct RGBPicture: Hashable, Sendable {
    let size: PixelSize
    private(set) var bytes: [UInt8]

    /// - Parameter bytes: three for each pixel.
    init(size: PixelSize, bytes: [UInt8]) {
        precondition(bytes.count == size.area * 3)
        (self.size, self.bytes) = (size, bytes)
    }

    init(width: Int, height: Int, filledWith colour: RGBColour) {
        let size = PixelSize(width: width, height: height)
        self.size = size
        bytes = [UInt8](unsafeUninitializedCapacity: size.area * 3) { bytes, count in
            for start in stride(from: 0, to: size.area * 3, by: 3) {
                (bytes[start], bytes[start + 1], bytes[start + 2]) = (colour.red, colour.green, colour.blue)
            }
            count = size.area * 3
        }
    }

    /// The colour of a pixel within the picture.
    subscript(x: Int, y: Int) -> RGBColour {
        let start = (y * size.width + x) * 3
        return RGBColour(red: bytes[start], green: bytes[start + 1], blue: bytes[start + 2])
    }

    /// A part that lies within the picture, from a column and a row on.
    func part(_ part: PixelSize, x: Int, y: Int) -> RGBPicture {
        precondition(x >= 0 && y >= 0 && x + part.width <= size.width && y + part.height <= size.height)
        let bytes = [UInt8](unsafeUninitializedCapacity: part.area * 3) { bytes, count in
            for row in 0..<part.height {
                let from = ((y + row) * size.width + x) * 3
                for offset in 0..<part.width * 3 { bytes[row * part.width * 3 + offset] = self.bytes[from + offset] }
            }
            count = part.area * 3
        }
        return RGBPicture(size: part, bytes: bytes)
    }

    /// Puts another picture's pixels here; those outside are left out.
    mutating func place(_ other: RGBPicture, left: Int, top: Int) {
        let columns = max(0, -left)..<min(other.size.width, size.width - left)
        let rows = max(0, -top)..<min(other.size.height, size.height - top)
        guard columns.lowerBound < columns.upperBound, rows.lowerBound < rows.upperBound else { return }
        for y in rows {
            let from = (y * other.size.width + columns.lowerBound) * 3
            let to = ((y + top) * size.width + columns.lowerBound + left) * 3
            bytes.replaceSubrange(to..<to + columns.count * 3, with: other.bytes[from..<from + columns.count * 3])
        }
    }

    /// Fills a rectangle; what lies outside is left out.
    mutating func fill(left: Int, top: Int, width: Int, height: Int, with colour: RGBColour) {
        for y in max(0, top)..<max(0, top, min(size.height, top + height)) {
            for x in max(0, left)..<max(0, left, min(size.width, left + width)) { mix(colour, 1, x: x, y: y) }
        }
    }

    /// Covers a pixel within the picture with a share of another colour.
    ///
    /// The shares are of sRGB values and not of light: bright lettering on a dark ground looks as heavy as it was
    /// drawn.
    mutating func mix(_ colour: RGBColour, _ share: Float, x: Int, y: Int) {
        let start = (y * size.width + x) * 3
        for (channel, value) in [colour.red, colour.green, colour.blue].enumerated() {
            let old = Float(bytes[start + channel])
            bytes[start + channel] = UInt8(old + (Float(value) - old) * share + 0.5)
        }
    }
}
