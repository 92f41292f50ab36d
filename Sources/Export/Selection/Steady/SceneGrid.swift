internal import Archive
internal import CTurboJPEG
internal import NIOCore
internal import Validation
internal import Vocabulary

/// The grid on which pictures are compared: boxes of their luma at an eighth of its size, some dozens a row.
struct SceneGrid: Hashable, Sendable {
    let columns: Int
    let rows: Int

    /// A box's side is a whole number of luma pixels, so that at most so many boxes stand in a row.
    private static let mostColumns = 80

    /// - Parameter size: of most of the pictures. Others are brought to the same grid, whatever their shape is.
    init(for size: PixelSize) {
        let luma = PixelSize(width: (size.width + 7) / 8, height: (size.height + 7) / 8)
        let side = (luma.width + Self.mostColumns - 1) / Self.mostColumns
        columns = max(1, luma.width / side)
        rows = max(1, luma.height / side)
    }

    var count: Int { columns * rows }

    /// The logarithm of each box's mean luma, in ``unitsPerOctave``, less the median of them all.
    ///
    /// A lamp that flickers changes all logarithms alike, and the median takes that away.
    func view(of luma: LumaPicture) -> [Int16] {
        let (size, pixels) = (luma.size, luma.pixels)
        var view = [Int16](repeating: 0, count: count)
        pixels.withUnsafeBufferPointer { pixels in
            for row in 0..<rows {
                let lines = row * size.height / rows..<max((row + 1) * size.height / rows, row * size.height / rows + 1)
                for column in 0..<columns {
                    let left = column * size.width / columns
                    let right = max((column + 1) * size.width / columns, left + 1)
                    var sum = 0
                    for line in lines {
                        for place in left..<right { sum &+= Int(pixels[line &* size.width &+ place]) }
                    }
                    // Quarters of a step of luma.
                    view[row * columns + column] = Self.logarithms[sum * 4 / (lines.count * (right - left))]
                }
            }
        }
        let median = view.sorted()[count / 2]
        for place in view.indices { view[place] -= median }
        return softened(softened(view))
    }

    /// A view whose boxes run into each other, by a binomial filter of five boxes either way: so two heads differ the more the
    /// farther apart they are, and noise counts less.
    private func softened(_ view: [Int16]) -> [Int16] {
        func filtered(_ view: [Int16], length: Int, step: Int, place: (Int) -> Int) -> [Int16] {
            view.indices.map { box in
                let at = place(box)
                func value(_ offset: Int) -> Int32 {
                    Int32(view[box + (min(length - 1, max(0, at + offset)) - at) * step])
                }
                let sides = value(-2) + value(2) + 4 * (value(-1) + value(1))
                return Int16((sides + 6 * value(0)) / 16)
            }
        }
        let rows = filtered(view, length: columns, step: 1) { $0 % columns }
        return filtered(rows, length: self.rows, step: columns) { $0 / columns }
    }

    static let unitsPerOctave = 512.0
    /// Of quarter steps of luma. What is added to each keeps the noise of dark places from counting too much.
    private static let logarithms: [Int16] = (0...1020).map {
        Int16((unitsPerOctave * (Double($0) / 4 + 16).logarithm).rounded())
    }
}

extension Double {
    /// To base 2, from the exponent and a series for the significand: −log2(1 − x) … by repeated squaring, to 20 bits.
    fileprivate var logarithm: Double {
        var (result, rest, bit) = (Double(exponent), significand, 0.5)
        for _ in 0..<20 {
            rest *= rest
            if rest >= 2 {
                rest /= 2
                result += bit
            }
            bit /= 2
        }
        return result
    }
}

extension FrameFeed.Picture {
    /// The picture's luma at an eighth of its size.
    func luma() throws(PictureRefusal) -> LumaPicture {
        let size = PixelSize(width: (frame.size.width + 7) / 8, height: (frame.size.height + 7) / 8)
        var report = luma_report()
        let pixels = [UInt8](unsafeUninitializedCapacity: size.area) { pixels, count in
            bytes.withUnsafeReadableBytes { jpeg in
                luma_decode(
                    jpeg.baseAddress, jpeg.count, pixels.baseAddress, UInt32(size.width), UInt32(size.height),
                    Int(FrameLimits().coefficientMemory.bytes), &report)
            }
            // Rows that damage left unwritten are never looked at.
            count = report.outcome == LUMA_DECODED ? size.area : 0
        }
        guard let luma = LumaPicture(of: frame.size, pixels: pixels) else {
            throw PictureRefusal(reason: "the picture of frame \(frame.id) cannot be decoded")
        }
        return luma
    }
}
