internal import Catalog
internal import NIOCore
internal import Vocabulary

/// Reads what a rectangle shows in some frames at once, on all cores.
struct RegionReader: Sendable {
    private let catalog: Catalog
    private let region: PictureRegion
    private let drawn: PixelSize
    private let grid: PixelSize
    private let threads = PictureThreads(niceness: 15)

    /// Read in one go.
    private static let batch = 8

    /// - Parameter drawn: the size of the picture in which the rectangle was drawn, as it stands.
    init(_ catalog: Catalog, _ region: PictureRegion, drawnOn drawn: PixelSize) {
        (self.catalog, self.region, self.drawn) = (catalog, region, drawn)
        let blocks = region.blocks(in: drawn, drawnOn: drawn)
        grid = PixelSize(
            width: min(RegionView.most, blocks.columns.count), height: min(RegionView.most, blocks.rows.count))
    }

    /// What the frames show, in their order; `nil` for one that is damaged or gone.
    func views(of frames: [FrameID]) async throws -> [RegionView?] {
        try await withThrowingTaskGroup(of: (start: Int, views: [RegionView?]).self) { group in
            for start in stride(from: 0, to: frames.count, by: Self.batch) {
                let batch = Array(frames[start..<min(start + Self.batch, frames.count)])
                group.addTask { (start, try await read(batch)) }
            }
            var views = [RegionView?](repeating: nil, count: frames.count)
            for try await (start, part) in group {
                for (place, view) in part.enumerated() { views[start + place] = view }
            }
            return views
        }
    }

    private func read(_ ids: [FrameID]) async throws -> [RegionView?] {
        let records = try await catalog.frames(ids)
        let frames = ids.compactMap { records[$0] }
        let pictures = try await catalog.checkedPictures(of: frames)
        let found = try await threads.run(.search) { [region, drawn, grid] in
            zip(frames, pictures).reduce(into: [FrameID: RegionView]()) { found, entry in
                guard case .success(let picture) = entry.1 else { return }
                found[entry.0.id] = RegionView(
                    picture.bytes, of: entry.0.size, region, drawnOn: drawn, grid: grid)
            }
        }
        return ids.map { found[$0] }
    }
}
