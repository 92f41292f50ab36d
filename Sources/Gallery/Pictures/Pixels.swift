internal import CTurboJPEG
internal import Catalog
internal import NIOCore
internal import Vocabulary

/// Pixels of sRGB colour, interleaved, in rows from the top.
struct Pixels: Hashable, Sendable {
    let size: PixelSize
    private(set) var bytes: [UInt8]

    /// A black picture.
    init(black size: PixelSize) {
        self.size = size
        bytes = [UInt8](repeating: 0, count: size.area * 3)
    }

    /// - Parameter bytes: three for each pixel.
    init(size: PixelSize, bytes: [UInt8]) { (self.size, self.bytes) = (size, bytes) }

    /// Decodes a JPEG of this size at a scale of so many eighths, 1 to 8: fewer coefficients are transformed for a smaller scale.
    ///
    /// - Returns: `nil` where it is damaged, or of another size.
    init?(decoding jpeg: ByteBuffer, of picture: PixelSize, eighths: Int) {
        let size = picture.scaled(eighths: eighths)
        var message = [CChar](repeating: 0, count: Int(JMSG_LENGTH_MAX))
        var isDecoded = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size.area * 3) { pixels, count in
            isDecoded = jpeg.closedByEOI.withUnsafeReadableBytes { jpeg in
                scaled_decode(
                    jpeg.baseAddress, jpeg.count, UInt32(eighths), 0, UInt32(size.width), UInt32(size.height),
                    pixels.baseAddress, &message)
            }
            // Rows that damage left unwritten are never looked at.
            count = isDecoded ? size.area * 3 : 0
        }
        guard isDecoded else { return nil }
        self.init(size: size, bytes: bytes)
    }

    /// The colour of a pixel within the picture.
    subscript(x: Int, y: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
        let start = (y * size.width + x) * 3
        return (bytes[start], bytes[start + 1], bytes[start + 2])
    }

    /// Puts another picture's pixels here; those outside are left out.
    mutating func place(_ other: Pixels, left: Int, top: Int) {
        let width = min(other.size.width, size.width - left) * 3
        let rows = min(other.size.height, size.height - top)
        guard width > 0, rows > 0 else { return }
        let (stride, otherStride) = (size.width * 3, other.size.width * 3)
        bytes.withUnsafeMutableBufferPointer { bytes in
            other.bytes.withUnsafeBufferPointer { other in
                for row in 0..<rows {
                    let to = (top + row) * stride + left * 3
                    for byte in 0..<width { bytes[to &+ byte] = other[row &* otherStride &+ byte] }
                }
            }
        }
    }

    /// As a baseline JPEG with halved colour resolution, as cameras write it; `nil` where there is no memory for it.
    ///
    /// - Parameter quality: libjpeg's, 1 to 100.
    func jpeg(quality: Int) -> ByteBuffer? {
        guard let encoder = tjInitCompress() else { return nil }
        defer { tjDestroy(encoder) }
        var output: UnsafeMutablePointer<UInt8>?
        defer { tjFree(output) }
        var count: CUnsignedLong = 0
        let status = tjCompress2(
            encoder, bytes, Int32(size.width), 0, Int32(size.height), Int32(TJPF_RGB.rawValue), &output, &count,
            Int32(TJSAMP_420.rawValue), Int32(quality), 0)
        guard status == 0, let output else { return nil }
        return ByteBuffer(bytes: UnsafeBufferPointer(start: output, count: Int(count)))
    }
}

extension Pixels {
    /// This picture, brought to stand.
    func turned(_ orientation: PictureOrientation) -> Pixels {
        Pixels(size: size.upright(orientation), bytes: orientation.turned(bytes, of: size))
    }

    /// This picture at another size: each new pixel is the mean of the old ones that it covers, whole ones.
    func scaled(to target: PixelSize) -> Pixels {
        guard target != size else { return self }
        let columns = Self.spans(from: size.width, to: target.width)
        let bytes = [UInt8](unsafeUninitializedCapacity: target.area * 3) { scaled, count in
            self.bytes.withUnsafeBufferPointer { pixels in
                columns.withUnsafeBufferPointer { columns in
                    var to = 0
                    for rows in Self.spans(from: size.height, to: target.height) {
                        for column in columns {
                            var (red, green, blue) = (0, 0, 0)
                            for y in rows {
                                var place = (y &* size.width &+ column.lowerBound) &* 3
                                for _ in column {
                                    red &+= Int(pixels[place])
                                    green &+= Int(pixels[place &+ 1])
                                    blue &+= Int(pixels[place &+ 2])
                                    place &+= 3
                                }
                            }
                            let area = rows.count &* column.count
                            scaled[to] = UInt8((red + area / 2) / area)
                            scaled[to &+ 1] = UInt8((green + area / 2) / area)
                            scaled[to &+ 2] = UInt8((blue + area / 2) / area)
                            to &+= 3
                        }
                    }
                }
            }
            count = target.area * 3
        }
        return Pixels(size: target, bytes: bytes)
    }

    /// Which old pixels each new one covers along a side.
    private static func spans(from old: Int, to new: Int) -> [Range<Int>] {
        (0..<new).map { place in
            let start = place * old / new
            return start..<max(start + 1, (place + 1) * old / new)
        }
    }
}

extension PixelSize {
    /// The size at which libjpeg decodes a picture of this size when it is told so many eighths.
    func scaled(eighths: Int) -> PixelSize {
        PixelSize(width: (width * eighths + 7) / 8, height: (height * eighths + 7) / 8)
    }

    /// The smallest scale, in eighths, at which a picture of this size is at least so wide and so high; 8 where none is.
    func eighths(covering size: PixelSize) -> Int {
        (1...7).first { eighths in
            let scaled = scaled(eighths: eighths)
            return scaled.width >= size.width && scaled.height >= size.height
        } ?? 8
    }

    /// The largest size of the same shape that fits into another one.
    func fitted(into box: PixelSize) -> PixelSize {
        let scale = min(Double(box.width) / Double(width), Double(box.height) / Double(height))
        return PixelSize(
            width: min(box.width, max(1, Int((Double(width) * scale).rounded()))),
            height: min(box.height, max(1, Int((Double(height) * scale).rounded()))))
    }
}
