internal import Catalog

extension Catalog {
    /// The same frames, their sizes those of the pictures as they stand: an Exif orientation can exchange the sides.
    ///
    /// What the pictures say of that is read from their first bytes, and so only for frames that were chosen.
    func standing(_ candidates: [ExportCandidate]) async throws(ExportError) -> [ExportCandidate] {
        var standing = candidates
        try await ExportError.wrapping {
            for start in stride(from: 0, to: candidates.count, by: 256) {
                try Task.checkCancellation()
                let page = start..<min(start + 256, candidates.count)
                let orientations = try await orientations(of: candidates[page].map(\.id))
                for place in page {
                    guard let orientation = orientations[candidates[place].id] else { continue }
                    standing[place].size = candidates[place].size.upright(orientation)
                }
            }
        }
        return standing
    }
}
