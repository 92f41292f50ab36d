internal import Catalog
internal import NIOCore
internal import Synchronization
internal import Vocabulary

/// Makes sheets and small pictures on a few threads: at most two sheets at once, the newest asked for first.
struct SheetMaker: Sendable {
    let threads = PictureThreads(niceness: 5)
    private let turns = NewestFirst(atOnce: 2, waiting: 64)

    /// Frames whose pictures are read at once: a read is short, and few pictures are in memory.
    private static let batch = 8

    /// A JPEG of the sheet. Damaged frames are black, with nothing said.
    func make(_ sheet: Sheet, from catalog: Catalog) async throws -> ByteBuffer {
        try await turns.turn {
            let canvas = Canvas(sheet.size)
            let places = sheet.places
            for start in stride(from: 0, to: places.count, by: Self.batch) {
                try Task.checkCancellation()
                let batch = Array(places[start..<min(start + Self.batch, places.count)])
                let pictures = try await catalog.checkedPictures(of: batch.map(\.frame))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (place, picture) in zip(batch, pictures) {
                        guard case .success(let picture) = picture else { continue }
                        group.addTask { [threads] in
                            try await threads.run(.sheet) {
                                canvas.place(picture.bytes, of: place.frame.size, cells: place.cells, of: sheet)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let encoded = try await threads.run(.sheet) { canvas.pixels.jpeg(quality: 72) }
            // There was no memory for it.
            guard let encoded else { throw Problem.busy() }
            return encoded
        }
    }
}

/// A sheet in the making, on which several threads paint.
private final class Canvas: Sendable {
    private let state: Mutex<Pixels>

    init(_ size: PixelSize) { state = Mutex(Pixels(black: size)) }

    var pixels: Pixels { state.withLock(\.self) }

    /// - Parameter size: of the picture as it is stored; in its cells it stands.
    func place(_ jpeg: ByteBuffer, of size: PixelSize, cells: [Int], of sheet: Sheet) {
        let orientation = PictureOrientation(of: jpeg)
        let wanted = size.upright(orientation).fitted(into: sheet.cell)
        let decoded = Pixels(
            decoding: jpeg, of: size, eighths: size.eighths(covering: wanted.upright(orientation)))
        guard let small = decoded?.turned(orientation).scaled(to: wanted) else { return }
        let (left, top) = ((sheet.cell.width - wanted.width) / 2, (sheet.cell.height - wanted.height) / 2)
        state.withLock { pixels in
            for cell in cells {
                pixels.place(
                    small, left: cell % Sheet.columns * sheet.cell.width + left,
                    top: cell / Sheet.columns * sheet.cell.height + top)
            }
        }
    }
}
