internal import Catalog
internal import NIOCore
internal import Vocabulary

/// 64 small pictures of one stretch of time in one, 8 by 8, row by row.
struct Sheet: Sendable {
    static let cells = 64
    static let columns = 8
    /// What the longer side of a cell can have.
    static let widths = [80, 160, 320]

    let level: Int
    let cell: PixelSize
    /// What each cell shows, damaged or not; `nil` before the first frame.
    let frames: [ArchivedFrame?]

    /// - Parameters:
    ///   - width: of a cell's longer side.
    ///   - newest: the camera's; its shape is that of all cells.
    init(level: Int, width: Int, frames: [ArchivedFrame?], newest: PixelSize) {
        (self.level, self.frames) = (level, frames)
        let scale = Double(width) / Double(max(newest.width, newest.height))
        func side(_ pixels: Int) -> Int { max(1, Int((Double(pixels) * scale).rounded())) }
        cell = PixelSize(width: side(newest.width), height: side(newest.height))
    }

    var size: PixelSize { PixelSize(width: cell.width * Self.columns, height: cell.height * Self.columns) }

    /// Of all that the sheet shows.
    var tag: EntityTag {
        var text = "\(level) \(cell) jpeg"
        for frame in frames { text += frame.map { " \($0.sha256)" } ?? " -" }
        return EntityTag(EntityTag.digest(of: ByteBuffer(string: text)))
    }

    /// The ends of a sheet's cells.
    static func ends(level: Int, index: Int64) -> [Timestamp] {
        let step = TimeCells.step(of: level)
        return (1...Int64(cells)).map { number in
            Timestamp(milliseconds: index.multipliedSaturating(by: Int64(cells) * step).addingSaturating(number * step))
        }
    }

    /// The frames, each once, with the cells that show it.
    var places: [(frame: ArchivedFrame, cells: [Int])] {
        var places: [(frame: ArchivedFrame, cells: [Int])] = []
        var known: [FrameID: Int] = [:]
        for (cell, frame) in frames.enumerated() {
            guard let frame else { continue }
            if let place = known[frame.id] {
                places[place].cells.append(cell)
            } else {
                known[frame.id] = places.count
                places.append((frame, [cell]))
            }
        }
        return places
    }
}
