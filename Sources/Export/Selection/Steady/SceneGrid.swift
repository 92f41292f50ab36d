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
        let levels = levels(of: luma)
        // The logarithm rises with the level, so that the median of the one is the other's.
        var frequencies = [Int](repeating: 0, count: Self.logarithms.count)
        for level in levels { frequencies[Int(level)] += 1 }
        var (median, below) = (0, frequencies[0])
        while below <= count / 2 {
            median += 1
            below += frequencies[median]
        }
        let middle = Self.logarithms[median]
        return softened(softened(levels.map { Self.logarithms[Int($0)] - middle }))
    }

    /// The mean luma of each box, in quarters of a step.
    private func levels(of luma: LumaPicture) -> [UInt16] {
        let (size, columns, rows) = (luma.size, columns, rows)
        return [UInt16](unsafeUninitializedCapacity: count) { levels, count in
            luma.pixels.withUnsafeBufferPointer { pixels in
                for row in 0..<rows {
                    let top = row * size.height / rows
                    let bottom = max((row + 1) * size.height / rows, top + 1)
                    for column in 0..<columns {
                        let left = column * size.width / columns
                        let right = max((column + 1) * size.width / columns, left + 1)
                        var sum = 0
                        for line in top..<bottom {
                            for place in left..<right { sum &+= Int(pixels[line &* size.width &+ place]) }
                        }
                        levels[row &* columns &+ column] = UInt16(sum * 4 / ((bottom - top) * (right - left)))
                    }
                }
            }
            count = rows * columns
        }
    }

    /// A view whose boxes run into each other, by a binomial filter of five boxes either way: so two heads differ the more the
    /// farther apart they are, and noise counts less.
    private func softened(_ view: [Int16]) -> [Int16] {
        let (columns, rows) = (columns, rows)
        func mixed(_ first: Int16, _ second: Int16, _ middle: Int16, _ fourth: Int16, _ fifth: Int16) -> Int16 {
            let outer = Int32(first) &+ Int32(fifth)
            let inner = Int32(second) &+ Int32(fourth)
            return Int16(truncatingIfNeeded: (outer &+ 4 &* inner &+ 6 &* Int32(middle)) / 16)
        }
        // What lies outside is as the edge is.
        func within(_ place: Int, _ length: Int) -> Int { min(length - 1, max(0, place)) }
        let across = [Int16](unsafeUninitializedCapacity: view.count) { across, count in
            view.withUnsafeBufferPointer { view in
                for start in stride(from: 0, to: view.count, by: columns) {
                    func mix(_ column: Int) {
                        func value(_ offset: Int) -> Int16 { view[start + within(column + offset, columns)] }
                        across[start + column] = mixed(value(-2), value(-1), value(0), value(1), value(2))
                    }
                    for column in 0..<min(2, columns) { mix(column) }
                    for box in start &+ 2..<max(start &+ 2, start &+ columns &- 2) {
                        across[box] = mixed(view[box &- 2], view[box &- 1], view[box], view[box &+ 1], view[box &+ 2])
                    }
                    for column in max(min(2, columns), columns - 2)..<columns { mix(column) }
                }
            }
            count = view.count
        }
        return [Int16](unsafeUninitializedCapacity: view.count) { softened, count in
            across.withUnsafeBufferPointer { across in
                for row in 0..<rows {
                    let lines = (-2...2).map { within(row + $0, rows) * columns }
                    let (first, second, middle, fourth, fifth) = (lines[0], lines[1], lines[2], lines[3], lines[4])
                    for column in 0..<columns {
                        softened[row &* columns &+ column] = mixed(
                            across[first &+ column], across[second &+ column], across[middle &+ column],
                            across[fourth &+ column], across[fifth &+ column])
                    }
                }
            }
            count = view.count
        }
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
        if let luma = EighthPicture.luma(of: bytes, size: frame.size) { return luma }
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
