internal import Vocabulary

extension RGBPicture {
    /// This picture, brought to stand.
    func turned(_ orientation: PictureOrientation) -> RGBPicture {
        guard orientation != .upright else { return self }
        let target = size.upright(orientation)
        let (width, height) = (size.width, size.height)
        // Where in this picture a row of the new one begins, and how far its next pixel is, in pixels.
        let (first, step, rowStep): (Int, Int, Int) =
            switch orientation {
            case .upright: (0, 1, width)
            case .mirrored: (width - 1, -1, width)
            case .upsideDown: (width * height - 1, -1, -width)
            case .flipped: (width * (height - 1), 1, -width)
            case .transposed: (0, width, 1)
            case .clockwise: (width * (height - 1), -width, 1)
            case .transversed: (width * height - 1, -width, -1)
            case .counterclockwise: (width - 1, width, -1)
            }
        let turned = [UInt8](unsafeUninitializedCapacity: bytes.count) { turned, count in
            bytes.withUnsafeBufferPointer { bytes in
                var to = 0
                for row in 0..<target.height {
                    var from = (first &+ row &* rowStep) &* 3
                    for _ in 0..<target.width {
                        turned[to] = bytes[from]
                        turned[to &+ 1] = bytes[from &+ 1]
                        turned[to &+ 2] = bytes[from &+ 2]
                        to &+= 3
                        from &+= step &* 3
                    }
                }
            }
            count = bytes.count
        }
        return RGBPicture(size: target, bytes: turned)
    }
}
