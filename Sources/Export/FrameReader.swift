internal import Archive
internal import Catalog
internal import Vocabulary

/// The records of a query's frames, a page at a time, so that any number of them takes the same memory and no read of the
/// archive stays open while a frame is being exported.
final class FrameReader {
    private static let pageSize = 1000

    private let catalog: Catalog
    private var query: FrameQuery
    private var left: Int
    private var page: ArraySlice<ArchivedFrame> = []

    init(_ catalog: Catalog, _ query: FrameQuery) {
        self.catalog = catalog
        self.query = query
        left = query.limit ?? Int.max
    }

    /// The next frame that the owner did not exclude from exports, or `nil` after the last.
    func next() async throws(ExportError) -> ArchivedFrame? {
        guard !Task.isCancelled else { throw .interrupted }
        while true {
            if page.isEmpty { try await turnPage() }
            guard let frame = page.popFirst() else { return nil }
            if !frame.excluded { return frame }
        }
    }

    private func turnPage() async throws(ExportError) {
        guard left > 0 else { return }
        query.limit = min(left, Self.pageSize)
        do throws(ArchiveError) {
            page = try await catalog.frames(query)[...]
        } catch {
            throw ExportError(error)
        }
        left = page.count < Self.pageSize ? 0 : left - page.count
        if let last = page.last { query.after = FrameCursor(after: last) }
    }
}

extension ExportError {
    init(_ error: ArchiveError) {
        self = .archive(description: error.description, hint: error.hint)
    }
}
