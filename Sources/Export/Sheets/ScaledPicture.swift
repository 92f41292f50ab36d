internal import Archive
internal import CTurboJPEG
internal import Catalog
internal import NIOCore
internal import Validation
internal import Vocabulary

extension PixelSize {
    /// The size at which libjpeg decodes a picture of this size when it is told so many eighths.
    func scaled(eighths: Int) -> PixelSize {
        PixelSize(width: (width * eighths + 7) / 8, height: (height * eighths + 7) / 8)
    }

    /// The largest size of the same shape that fits into another one, and is not larger than this.
    func fitted(into box: PixelSize) -> PixelSize {
        let scale = min(1, Double(box.width) / Double(width), Double(box.height) / Double(height))
        return PixelSize(
            width: max(1, Int((Double(width) * scale).rounded())),
            height: max(1, Int((Double(height) * scale).rounded())))
    }
}

extension FrameFeed.Picture {
    /// Decodes the picture as it stands, at a scale of so many eighths, 1 to 8.
    ///
    /// libjpeg transforms fewer coefficients for a smaller scale, which is both faster than scaling afterwards and as
    /// good.
    func decoded(eighths: Int) throws(PictureRefusal) -> RGBPicture {
        try asStored(eighths: eighths).turned(orientation)
    }

    /// Decodes one column of the picture as it stands.
    ///
    /// - Parameter column: at that scale.
    func decoded(eighths: Int, column: Int) throws(PictureRefusal) -> RGBPicture {
        // At 1/8 the whole picture is quicker than a column of it.
        guard orientation != .upright || eighths == 1 else {
            return try asStored(eighths: eighths, columns: column..<column + 1)
        }
        let picture = try decoded(eighths: eighths)
        return picture.part(PixelSize(width: 1, height: picture.size.height), x: column, y: 0)
    }

    private func asStored(eighths: Int, columns: Range<Int>? = nil) throws(PictureRefusal) -> RGBPicture {
        let scaled = frame.size.scaled(eighths: eighths)
        if eighths == 1, columns == nil, let rgb = EighthPicture.rgb(of: bytes.closedByEOI, size: frame.size) {
            return RGBPicture(size: scaled, bytes: rgb)
        }
        let columns = columns ?? 0..<scaled.width
        let size = PixelSize(width: columns.count, height: scaled.height)
        var message = [CChar](repeating: 0, count: Int(JMSG_LENGTH_MAX))
        var isDecoded = false
        let pixels = [UInt8](unsafeUninitializedCapacity: size.area * 3) { pixels, count in
            isDecoded = bytes.closedByEOI.withUnsafeReadableBytes { jpeg in
                scaled_decode(
                    jpeg.baseAddress, jpeg.count, UInt32(eighths), UInt32(columns.lowerBound), UInt32(size.width),
                    UInt32(size.height), pixels.baseAddress, &message)
            }
            // Rows that damage left unwritten are never looked at.
            count = isDecoded ? size.area * 3 : 0
        }
        guard isDecoded else {
            let text = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw PictureRefusal(reason: "the picture of frame \(frame.id) cannot be decoded: \(text)")
        }
        return RGBPicture(size: size, bytes: pixels)
    }

    /// Decodes the picture at just this size.
    func decoded(at size: PixelSize) throws(PictureRefusal) -> RGBPicture {
        let enough = (1...8).first { eighths in
            let scaled = self.size.scaled(eighths: eighths)
            return scaled.width >= size.width && scaled.height >= size.height
        }
        return try decoded(eighths: enough ?? 8).scaled(to: size)
    }
}
