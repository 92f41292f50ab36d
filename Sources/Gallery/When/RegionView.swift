internal import CTurboJPEG
internal import Catalog
internal import NIOCore
internal import Vocabulary

/// How a rectangle of one picture looks: the mean luma of its parts, at most 32 × 32 of them.
struct RegionView: Hashable, Sendable {
    /// 0 black to 255 white, row by row.
    let levels: [UInt8]

    static let most = 32

    /// - Parameter levels: as many as all views have that it is compared with.
    init(levels: [UInt8]) { self.levels = levels }

    /// Decodes a picture at 1/8 scale, no further than it must be.
    ///
    /// - Parameters:
    ///   - size: the picture's, as it is stored.
    ///   - region: where it looks, in a picture that stands.
    ///   - drawn: the size of that picture.
    ///   - grid: how many parts a row and a column have, of a picture of any size.
    /// - Returns: `nil` where it is damaged.
    init?(_ jpeg: ByteBuffer, of size: PixelSize, _ region: PictureRegion, drawnOn drawn: PixelSize, grid: PixelSize) {
        let orientation = PictureOrientation(of: jpeg)
        let blocks = region.lying(orientation, in: drawn).blocks(in: size, drawnOn: drawn.upright(orientation))
        guard let luma = Self.luma(jpeg, of: size, blocks) else { return nil }
        let lying = PixelSize(width: blocks.columns.count, height: blocks.rows.count)
        self.init(
            luma: orientation.turned(luma, of: lying, channels: 1), of: lying.upright(orientation), grid: grid)
    }

    /// Of each block, row by row; `nil` where the picture is damaged.
    private static func luma(_ jpeg: ByteBuffer, of size: PixelSize, _ blocks: BlockRegion) -> [UInt8]? {
        let (width, height) = (blocks.columns.count, blocks.rows.count)
        var isDecoded = false
        let luma = [UInt8](unsafeUninitializedCapacity: width * height) { luma, count in
            isDecoded = jpeg.closedByEOI.withUnsafeReadableBytes { jpeg in
                region_luma(
                    jpeg.baseAddress, jpeg.count, UInt32(blocks.columns.lowerBound), UInt32(blocks.rows.lowerBound),
                    UInt32(width), UInt32(height), luma.baseAddress)
            }
            count = isDecoded ? width * height : 0
        }
        return isDecoded ? luma : wholeLuma(jpeg, of: size, blocks)
    }

    /// By way of the whole picture: for colours that have no luma of their own.
    private static func wholeLuma(_ jpeg: ByteBuffer, of size: PixelSize, _ blocks: BlockRegion) -> [UInt8]? {
        guard let picture = Pixels(decoding: jpeg, of: size, eighths: 1) else { return nil }
        var luma: [UInt8] = []
        for y in blocks.rows {
            for x in blocks.columns {
                let (red, green, blue) = picture[x, y]
                // ITU-R BT.601
                let sum: Int = 19_595 * Int(red) + 38_470 * Int(green) + 7_471 * Int(blue)
                luma.append(UInt8((sum + 32_768) >> 16))
            }
        }
        return luma
    }

    /// - Parameter size: how many blocks there are.
    private init(luma: [UInt8], of size: PixelSize, grid: PixelSize) {
        func span(_ place: Int, _ old: Int, _ new: Int) -> Range<Int> {
            let start = min(old - 1, place * old / new)
            return start..<max(start + 1, (place + 1) * old / new)
        }
        levels = luma.withUnsafeBufferPointer { luma in
            (0..<grid.height).flatMap { row in
                let rows = span(row, size.height, grid.height)
                return (0..<grid.width).map { column in
                    let columns = span(column, size.width, grid.width)
                    var sum = 0
                    for y in rows { for x in columns { sum &+= Int(luma[y &* size.width &+ x]) } }
                    let area = rows.count * columns.count
                    return UInt8((sum + area / 2) / area)
                }
            }
        }
    }

    /// What most of some views show, part by part: what passes through a few of them is not in it.
    init(median views: [RegionView]) {
        var values = [UInt8](repeating: 0, count: views.count)
        levels = views[0].levels.indices.map { part in
            for (place, view) in views.enumerated() { values[place] = view.levels[part] }
            values.sort()
            return values[values.count / 2]
        }
    }

    /// How much changed from one view to another, 0 to 510: as ``ArchivedFrame/change`` the greatest change of a part against the
    /// change of all, or the change of all where that is greater, as when a light goes on.
    func change(to other: RegionView) -> Int {
        var counts = [Int](repeating: 0, count: 511)
        var (least, greatest) = (255, -255)
        levels.withUnsafeBufferPointer { levels in
            other.levels.withUnsafeBufferPointer { others in
                for part in 0..<levels.count {
                    let change = Int(others[part]) - Int(levels[part])
                    counts[change + 255] &+= 1
                    least = min(least, change)
                    greatest = max(greatest, change)
                }
            }
        }
        var (median, below) = (-255, counts[0])
        while below * 2 < levels.count {
            median += 1
            below += counts[median + 255]
        }
        return max(abs(median), greatest - median, median - least)
    }

    /// The sum of what changed, part by part: for telling which of two views a third one is nearer to.
    func distance(to other: RegionView) -> Int {
        levels.withUnsafeBufferPointer { levels in
            other.levels.withUnsafeBufferPointer { others in
                var sum = 0
                for part in 0..<levels.count { sum &+= abs(Int(others[part]) - Int(levels[part])) }
                return sum
            }
        }
    }
}
